// Shows the page: asks the worker, and writes what it answers as text. No text of a pasted list becomes HTML.
const SECONDS = 60;
const LARGEST = 2_000_000;
const part = (id) => document.getElementById(id);
let worker;
let timer;

function begin() {
  // A worker made from a blob has the content policy of this page, on any server.
  const source = `import ${JSON.stringify(new URL("worker.js", location.href).href)};`;
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  worker = new Worker(address, { type: "module" });
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = ({ message }) => fail(`Python could not be loaded: ${message ?? "the browser rejected it"}`);
}

function answered(answer) {
  clearTimeout(timer);
  part("check").disabled = Boolean(answer.broken);
  if (answer.broken) {
    fail(answer.broken);
  } else if (answer.ready) {
    part("state").textContent = "Ready.";
  } else if (answer.fatal) {
    again(`The list could not be checked (${answer.fatal}); Python is loading again.`);
  } else {
    const report = JSON.parse(answer.report);
    report.error ? fail(report.error) : show(report);
  }
}

function again(reason) {
  worker.terminate();
  part("check").disabled = true;
  fail(reason);
  begin();
}

function fail(reason) {
  part("result").hidden = true;
  part("state").textContent = reason;
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(report) {
  part("state").textContent = "Checked.";
  part("verdict").textContent = report.verdict;
  const columns = ["tool", "overall", ...report.components, "tokens", "what to add"];
  part("head").replaceChildren(...columns.map((name) => Object.assign(element("th", name), { scope: "col" })));
  part("tools").replaceChildren(...report.tools.map(row));
  part("findings").replaceChildren(...(report.findings.length ? report.findings : ["None."]).map((text) => element("li", text)));
  part("notes").replaceChildren(...report.notes.map((text) => element("li", text)));
  part("result").hidden = false;
}

function row(tool) {
  const made = document.createElement("tr");
  const levels = tool.levels.map((level) => element("td", level ?? "-", level !== null && level < 3 ? "smell" : ""));
  const name = Object.assign(element("th", tool.name), { scope: "row" });
  made.replaceChildren(name, element("td", tool.overall ?? "-"), ...levels, element("td", tool.tokens), element("td", tool.next));
  return made;
}

part("check").addEventListener("click", () => {
  const text = part("input").value;
  if (text.length > LARGEST) {
    fail(`The list has ${text.length.toLocaleString("en")} characters; this page takes ${LARGEST.toLocaleString("en")}.`);
    return;
  }
  part("check").disabled = true;
  part("state").textContent = "Checking ...";
  const late = `The list was not checked within ${SECONDS} seconds; Python is loading again.`;
  timer = setTimeout(() => again(late), SECONDS * 1000);
  worker.postMessage(text);
});

begin();

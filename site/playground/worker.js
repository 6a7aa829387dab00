// Runs Python in a worker, so that the page stays usable and can end it.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const base = new URL(".", import.meta.url);
let check;

async function load() {
  const pyodide = await loadPyodide({ indexURL: new URL("pyodide/", base).href });
  const archive = await fetch(new URL("toolsmell.zip", base));
  pyodide.unpackArchive(await archive.arrayBuffer(), "zip", { extractDir: "/toolsmell" });
  pyodide.runPython("import sys; sys.path.insert(0, '/toolsmell')");
  check = pyodide.pyimport("playground").check;
}

const loaded = load();
loaded.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ broken: `Python could not be loaded: ${error.message}` }),
);

onmessage = async ({ data }) => {
  try {
    await loaded;
    const report = check(data);
    if (typeof report !== "string") throw new Error("Python has ended");
    postMessage({ report });
  } catch (error) {
    // The last line of a traceback of Python says what is wrong; Python may not be usable after it.
    postMessage({ fatal: String(error.message).trim().split("\n").pop() });
  }
};

(() => {
  'use strict';
  const table = document.getElementById('heat');
  if (!table) return;
  const ROOM = 300;
  const body = table.tBodies[0];
  const rows = Array.from(table.tBodies).flatMap((part) => Array.from(part.rows));
  Array.from(table.tBodies).slice(1).forEach((part) => part.remove());
  const heads = Array.from(table.tHead.rows[0].cells);
  const filter = document.getElementById('filter');
  const smelly = document.getElementById('smelly');
  const more = document.getElementById('more');
  const said = document.getElementById('said');
  const texts = new Map();
  let order = rows;
  let room = ROOM;
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const draw = () => {
    const words = filter.value.toLowerCase().split(' ').filter(Boolean);
    const fits = order.filter((row) => (!smelly.checked || row.dataset.smelly === '1')
      && (!words.length || words.every((word) => textOf(row).includes(word))));
    body.replaceChildren(...fits.slice(0, room));
    more.hidden = fits.length <= room;
    more.textContent = 'Show all ' + fits.length + ' tools';
    return fits.length;
  };
  const key = (row, column) => {
    const shown = row.cells[column].textContent.trim();
    const value = Number(shown.replaceAll(',', ''));
    return shown === '' || shown === '-' ? null : Number.isNaN(value) ? shown.toLowerCase() : value;
  };
  const compare = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  };
  const sortBy = (column) => {
    const head = heads[column];
    const up = head.getAttribute('aria-sort') !== 'ascending';
    heads.forEach((other) => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const keyed = rows.map((row, i) => [key(row, column), i, row]);
    keyed.sort((a, b) => {
      const missing = a[0] === null || b[0] === null;
      return (up || missing ? 1 : -1) * compare(a[0], b[0]) || a[1] - b[1];
    });
    order = keyed.map((entry) => entry[2]);
    draw();
    said.textContent = 'Sorted by ' + head.textContent.trim() + (up ? ', ascending' : ', descending');
  };
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sortBy(column));
  });
  const count = () => { said.textContent = draw() + ' of ' + rows.length + ' tools'; };
  filter.addEventListener('input', count);
  smelly.addEventListener('change', count);
  more.addEventListener('click', () => { room = rows.length; count(); });
  document.getElementById('open').addEventListener('click', (event) => {
    const details = Array.from(document.querySelectorAll('details'));
    const open = details.some((one) => !one.open);
    details.forEach((one) => { one.open = open; });
    event.target.textContent = open ? 'Close all details' : 'Open all details';
  });
  draw();
  document.documentElement.dataset.ready = '1';
})();

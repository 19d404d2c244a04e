// Table of areas. A heading sorts; a tick, or a click anywhere in a row, chooses the area or lets it go.
const orders = new WeakMap();

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function compare(column, downwards) {
  return (one, other) => {
    const [a, b] = [one.sorting[column], other.sorting[column]];
    // What is not known stays last in both directions.
    if (a === null || b === null) return (a === null) - (b === null);
    return (a < b ? -1 : a > b ? 1 : 0) * (downwards ? -1 : 1);
  };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".hs-areas");
  const [caption, columns, rows] = data;
  const order = orders.get(root) ?? { column: null, downwards: false };
  orders.set(root, order);

  function heading(label, column) {
    const button = element("button", { type: "button", textContent: label });
    button.onclick = () => {
      order.downwards = order.column === column ? !order.downwards : column > 0;
      order.column = column;
      draw();
      root.querySelectorAll("thead button")[column].focus();
    };
    const cell = element("th", { scope: "col", className: column ? "hs-num" : "" }, [button]);
    if (order.column === column) cell.ariaSort = order.downwards ? "descending" : "ascending";
    return cell;
  }

  function line(row) {
    const tick = element("input", { type: "checkbox", checked: row.chosen, ariaLabel: row.texts[0] });
    tick.dataset.code = row.code;
    const cells = row.texts.map((text, column) =>
      column
        ? element("td", { className: "hs-num", textContent: text, title: row.reasons[column] ?? "" })
        : element("th", { scope: "row" }, [element("div", {}, [tick, element("span", { textContent: text })])]),
    );
    const made = element("tr", { className: row.chosen ? "hs-marked" : "" }, cells);
    made.onclick = () => setTriggerValue("area", row.code);
    return made;
  }

  function draw() {
    const focused = document.activeElement?.dataset?.code;
    const region = root.querySelector(".hs-scroll");
    const top = region?.scrollTop ?? 0;
    const ordered = order.column === null ? rows : [...rows].sort(compare(order.column, order.downwards));
    const table = element("table", { className: "hs-table" }, [
      element("caption", { className: "hs-hidden", textContent: caption }),
      element("thead", {}, [element("tr", {}, columns.map(heading))]),
      element("tbody", {}, ordered.map(line)),
    ]);
    const scroll = element("div", { className: "hs-scroll", tabIndex: 0, role: "region", ariaLabel: caption }, [table]);
    root.replaceChildren(scroll);
    scroll.scrollTop = top;
    if (focused) root.querySelector(`[data-code="${CSS.escape(focused)}"]`)?.focus();
  }

  draw();
}

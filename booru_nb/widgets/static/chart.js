/**
 * A chart whose marks can be picked. What crosses the wire stands in chart.py.
 *
 * The drawing comes once for all views. It is taken apart and built again of the few
 * elements that a drawing is made of, so that nothing in it can act.
 */
import { make } from "./elements.js";

const SPACE = "http://www.w3.org/2000/svg";
const SHAPES = new Set(
  "svg g path line rect circle text tspan defs linearGradient stop clipPath title".split(" "),
);
const LINKS = /url\(#([^)]*)\)/;

/** Build an element of the drawing again, with ids that are this view's own. */
const rebuilt = (node, prefix) => {
  const copy = document.createElementNS(SPACE, node.localName);
  for (const { name, value } of node.attributes) {
    if (name.startsWith("on") || name === "style" || name.includes("href") || name.startsWith("xmlns")) continue;
    if (name === "id") copy.setAttribute(name, prefix + value);
    else copy.setAttribute(name, value.replace(LINKS, `url(#${prefix}$1)`));
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.data);
    else if (SHAPES.has(child.localName)) copy.append(rebuilt(child, prefix));
  }
  return copy;
};

const drawn = (text, prefix) =>
  rebuilt(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, prefix);

/** Return the marks of a drawing: elements that say the number of their row. */
const marksOf = (svg, names) => {
  const marks = [];
  for (const mark of svg.querySelectorAll("[role=graphics-symbol][aria-label]")) {
    const label = mark.getAttribute("aria-label");
    if (!/^\d+$/.test(label)) continue;
    const name = names[Number(label)];
    mark.dataset.row = label;
    mark.setAttribute("aria-label", name);
    mark.setAttribute("role", "button");
    mark.setAttribute("tabindex", "-1");
    const title = document.createElementNS(SPACE, "title");
    title.textContent = name;
    mark.append(title);
    mark.classList.add("bnbp-mark");
    marks.push(mark);
  }
  return marks;
};

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

/** Return the nearest mark in a direction; what lies aside counts as farther away. */
const nearest = (marks, from, [right, down]) => {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const mark of marks) {
    const [toX, toY] = middle(mark);
    const ahead = (toX - x) * right + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * right);
    const far = ahead + 3 * aside;
    if (mark.dataset.row !== from.dataset.row && ahead > 0.5 && far < least) [best, least] = [mark, far];
  }
  return best;
};

let views = 0;

export default () => {
  let drawing = null;
  const waiting = new Set();

  return {
    initialize({ model }) {
      model.on("msg:custom", (message) => {
        if (message.kind !== "drawing") return;
        drawing = message;
        for (const draw of waiting) draw();
        waiting.clear();
      });
      model.send({ kind: "ready" });
    },

    render({ model, el }) {
      const status = make("div", { class: "bnbp-said", role: "status" });
      const plane = make("div", { class: "bnbp-plane" });
      const root = make("div", { class: "bnb bnbp" }, plane, status);
      el.append(root);
      let marks = [];

      const tell = () => {
        status.textContent = model.get("said");
        status.classList.toggle("bnbp-error", model.get("tone") === "error");
        const row = String(model.get("row"));
        plane.classList.toggle("bnbp-picked", row !== "-1");
        for (const mark of marks) {
          const on = mark.dataset.row === row;
          mark.classList.toggle("bnbp-on", on);
          mark.classList.toggle("bnbp-without", on && model.get("without"));
          mark.setAttribute("aria-pressed", String(on));
        }
      };
      const pick = (mark, without) =>
        model.send(mark ? { kind: "pick", row: Number(mark.dataset.row), without } : { kind: "all" });
      const markAt = (event) => event.target.closest?.(".bnbp-mark");
      const goTo = (mark) => {
        for (const other of marks) other.setAttribute("tabindex", "-1");
        mark.setAttribute("tabindex", "0");
        mark.focus();
      };

      plane.addEventListener("click", (event) => {
        const mark = markAt(event);
        if (mark) goTo(mark);
        pick(mark, event.shiftKey);
      });
      plane.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
      plane.addEventListener("keydown", (event) => {
        const mark = markAt(event);
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const step = STEPS[event.key];
        if (event.key === "Escape") pick(null, false);
        else if (mark && (event.key === "Enter" || event.key === " ")) pick(mark, event.shiftKey);
        else if (mark && step) {
          const next = nearest(marks, mark, step);
          if (next) goTo(next);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      });

      const draw = () => {
        views += 1;
        const svg = drawn(drawing.svg, `bnbp${views}-`);
        plane.replaceChildren(svg);
        marks = marksOf(svg, drawing.names);
        marks[0]?.setAttribute("tabindex", "0");
        tell();
      };
      model.on("change:said change:row change:without change:tone", tell);
      tell();
      if (drawing) draw();
      else waiting.add(draw);
      return () => {
        waiting.delete(draw);
        model.off("change:said change:row change:without change:tone", tell);
      };
    },
  };
};

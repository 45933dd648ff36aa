/**
 * The filters under the search bar's input: a row that a button opens.
 *
 * Menus and boxes are applied at once, as site and rating are; what is typed is applied
 * by Enter or by the next search.
 */
import { make } from "./elements.js";

const NAMES = ["min_score", "order", "media", "after", "before"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a question consists of, in one order, so that two can be compared. */
export const wordsOf = ({ query, site, also, rating, filters }) =>
  JSON.stringify([query, site, also, rating, NAMES.map((name) => filters?.[name] ?? null)]);

const labelled = (text, control) => make("label", { class: "bnbs-filter" }, make("span", {}, text), control);

const menu = (name) => make("select", { "data-filter": name });

/** Build the button, and the row that it opens. */
export const filterRow = (id) => {
  const score = make("input", { type: "number", step: "1", "data-filter": "min_score", placeholder: "any" });
  const [order, media] = [menu("order"), menu("media")];
  const [after, before] = ["after", "before"].map((name) => make("input", { type: "date", "data-filter": name }));
  const sites = make("span", { class: "bnbs-sites", role: "group", "aria-label": "Search these sites, too" });
  const clear = make("button", { type: "button", class: "bnbs-clear" }, "Clear");
  const row = make(
    "div", { class: "bnbs-filters", id: `${id}-filters`, role: "group", "aria-label": "Filters", hidden: "" },
    labelled("Score from", score), labelled("Order", order), labelled("Media", media),
    labelled("Uploaded from", after), labelled("Before", before), sites, clear,
  );
  const toggle = make("button", {
    type: "button", class: "bnbs-toggle", "aria-expanded": "false", "aria-controls": row.id,
  });
  return { row, toggle, controls: { min_score: score, order, media, after, before }, sites, clear };
};

/** Let the row show and say what is chosen. */
export const filtering = ({ row, toggle, controls, sites, clear }) => {
  const boxes = () => [...sites.querySelectorAll("input")];
  const read = (name) => {
    const { value } = controls[name];
    if (name !== "min_score") return value;
    return value === "" ? null : Math.round(Number(value));
  };
  const filters = () => Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  const also = () => boxes().filter((box) => box.checked && !box.disabled).map((box) => box.value);
  const inForce = () => {
    const named = NAMES.filter((name) => ![null, ""].includes(read(name)));
    return [...named.map((name) => controls[name].previousSibling.textContent), ...also()];
  };
  const count = () => {
    const found = inForce();
    toggle.textContent = found.length ? `Filters (${found.length})` : "Filters";
    toggle.title = found.length ? `In force: ${found.join(", ")}` : "Score, order, media, dates, further sites";
    toggle.classList.toggle("bnbs-on", found.length > 0);
    clear.hidden = !found.length;
  };
  const open = (on) => {
    row.hidden = !on;
    toggle.setAttribute("aria-expanded", String(on));
  };
  const box = (name) =>
    make("label", { class: "bnbs-site" }, make("input", { type: "checkbox", value: name }), name);

  return {
    filters, also, count, open,
    get isOpen() { return !row.hidden; },
    get isUsed() { return inForce().length > 0; },
    /** Offer what there is to choose from. */
    offer(choices, names) {
      const kept = also();
      for (const [name, options] of Object.entries(choices)) {
        const { value } = controls[name];
        controls[name].replaceChildren(...options.map(([v, label]) => make("option", { value: v }, label)));
        controls[name].value = value;
      }
      sites.replaceChildren(make("span", {}, "Also search"), ...names.map(box));
      sites.hidden = names.length < 2;
      for (const each of boxes()) each.checked = kept.includes(each.value);
    },
    /** Show what was searched for. */
    show(given, others) {
      for (const name of NAMES) {
        const value = given?.[name] ?? "";
        const dated = name === "after" || name === "before";
        // A moment, or a year alone, is no day; it is shown and sent as it is.
        if (dated) controls[name].type = value === "" || DAY.test(value) ? "date" : "text";
        controls[name].value = value;
      }
      for (const each of boxes()) each.checked = others.includes(each.value);
      count();
    },
    /** The site that leads is searched anyway. */
    lead(name) {
      for (const each of boxes()) {
        each.disabled = each.value === name;
        each.parentNode.hidden = each.disabled;
      }
      count();
    },
    empty() {
      this.show({}, []);
    },
  };
};

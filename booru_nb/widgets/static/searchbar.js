/**
 * The browser half of the search bar. What crosses the wire stands in searchbar.py.
 */
import { make } from "./elements.js";
import { filterRow, filtering, wordsOf } from "./filters.js";
import { completion, suggestionList } from "./suggestions.js";

const SETTLE = 400; // milliseconds for a menu that is stepped through by keyboard

/** Build the bar's elements. */
const build = (id) => {
  const input = make("input", {
    type: "text", class: "bnbs-query", role: "combobox", "aria-label": "Tags to search for",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    placeholder: "Tags, such as: scenery sunset", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search",
  });
  const list = make("ul", {
    class: "bnbs-suggestions", id: `${id}-list`, role: "listbox", popover: "manual",
    "aria-label": "Suggested tags",
  });
  const site = make("select", { "aria-label": "Site", title: "Site" });
  const rating = make("select", { "aria-label": "Ratings shown", title: "Ratings shown" });
  const button = make("button", { type: "submit", class: "bnbs-go" });
  const spinner = make("span", { class: "bnbs-spinner", "aria-hidden": "true" });
  const status = make("span", { role: "status" });
  const alert = make("span", { role: "alert" });
  const again = make("button", { type: "button", class: "bnbs-again" });
  const row = filterRow(id);
  const form = make(
    "form", { class: "bnbs-fields", role: "search", novalidate: "" },
    input, site, rating, row.toggle, button, row.row,
  );
  const note = make("p", { class: "bnbs-note", role: "note" });
  const line = make("div", { class: "bnbs-status" }, spinner, status, alert, again);
  const root = make("div", { class: "bnb bnb-searchbar" }, form, note, line, list);
  return { root, form, input, list, site, rating, row, button, note, spinner, status, alert, again, line };
};

/** What the keys do in the input. */
const keys = ({ input, suggestions, complete, search, past }) => {
  let place = 0; // how far back in the history; 0 is what is being typed
  let draft = "";

  const recall = (by) => {
    if (place === 0) draft = input.value;
    place = Math.max(0, Math.min(past.length, place + by));
    input.value = place === 0 ? draft : past[past.length - place];
    input.setSelectionRange(input.value.length, input.value.length);
  };
  const vertical = (by) => (suggestions.isOpen ? suggestions.step(by) : recall(-by));
  const actions = {
    ArrowDown: () => vertical(1),
    ArrowUp: () => vertical(-1),
    Enter: () => {
      const item = suggestions.chosen(false);
      if (item) return complete.accept(item);
      place = 0;
      return search();
    },
  };
  const whileOpen = {
    Tab: () => complete.accept(suggestions.chosen(true)),
    Escape: () => complete.drop(),
  };
  return (event) => {
    // Keys of an input method that is composing a character are its own.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = suggestions.isOpen && !event.shiftKey;
    const action = actions[event.key] ?? (open ? whileOpen[event.key] : undefined);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
};

/** Choose in a menu; what it does not offer leaves the first. */
const choose = (menu, value) => {
  menu.value = value;
  if (menu.selectedIndex < 0) menu.selectedIndex = 0;
};

/** Fill a menu, and choose in it. */
const fill = (menu, options, value) => {
  menu.replaceChildren(...options.map(([name, label]) => make("option", { value: name }, label)));
  choose(menu, value);
};

const WAYS = ["query", "site", "also", "rating", "filters"];

/** Show the model's traits. */
const shower = (model, parts, filters) => {
  const { input, site, rating, button, note, spinner, status, alert, again, line } = parts;
  const known = () => wordsOf(Object.fromEntries(WAYS.map((name) => [name, model.get(name)])));
  let sent = []; // the questions of this view that Python has not shown yet
  let last = "";
  const menus = () => {
    const names = model.get("sites");
    fill(site, names.map((name) => [name, name]), site.value);
    fill(rating, model.get("ratings"), rating.value);
    filters.offer(model.get("choices"), names);
    filters.lead(site.value);
  };
  const asked = () => {
    const now = known();
    if (now === last) return; // one change of state tells of each trait
    last = now;
    const echo = sent.indexOf(now);
    sent = sent.slice(echo + 1);
    // The echo of this view's own question must not undo what was typed since.
    if (echo >= 0) return;
    menus();
    input.value = model.get("query");
    choose(site, model.get("site"));
    choose(rating, model.get("rating"));
    filters.show(model.get("filters"), model.get("also"));
    filters.lead(site.value);
  };
  const asking = (question) => {
    const now = wordsOf(question);
    if (now !== (sent.at(-1) ?? known())) sent.push(now);
    return question;
  };
  const progress = () => {
    const [busy, failed, text] = ["busy", "failed", "status"].map((name) => model.get(name));
    button.textContent = busy ? "Stop" : "Search";
    button.classList.toggle("bnbs-stop", busy);
    parts.root.setAttribute("aria-busy", String(busy));
    note.textContent = model.get("note");
    note.hidden = !note.textContent;
    spinner.hidden = !busy || failed;
    line.hidden = !text && !model.get("again");
    status.textContent = failed ? "" : text;
    alert.textContent = failed ? text : "";
    again.textContent = model.get("again");
    again.hidden = !model.get("again");
    line.classList.toggle("bnbs-failed", failed);
  };
  const adrift = (problem) => {
    alert.textContent = problem;
    line.hidden = false;
    line.classList.add("bnbs-failed");
  };
  return { menus, asked, asking, progress, adrift };
};

/** Start the bar in a place of the page. */
const render = ({ model, el, signal, past }) => {
  const id = `bnb-${crypto.randomUUID()}`;
  const parts = build(id);
  const { root, form, input, list, site, row, again } = parts;
  const suggestions = suggestionList(parts);
  const complete = completion({ model, parts, id, suggestions });
  const filters = filtering(row);
  const show = shower(model, parts, filters);
  let timer = 0;

  const search = () => {
    complete.drop();
    clearTimeout(timer);
    filters.count();
    if (!form.checkValidity()) {
      filters.open(true); // what is not seen cannot be told to be wrong
      return void form.reportValidity();
    }
    const query = input.value.trim();
    if (query && past.at(-1) !== query) past.push(query);
    const question = show.asking({
      query, site: site.value, also: filters.also(), rating: parts.rating.value, filters: filters.filters(),
    });
    model.send({ kind: "search", ...question });
  };
  const toggle = (on) => {
    filters.open(on);
    if (!on) row.toggle.focus();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(search, SETTLE);
  };
  const listen = (node, name, action, options = {}) =>
    node.addEventListener(name, action, { signal, ...options });

  listen(form, "submit", (event) => {
    event.preventDefault();
    if (model.get("busy")) model.send({ kind: "stop" });
    else search();
  });
  listen(input, "keydown", keys({ input, suggestions, complete, search, past }));
  listen(input, "input", complete.typed);
  listen(input, "blur", complete.drop);
  listen(site, "change", () => filters.lead(site.value));
  for (const menu of form.querySelectorAll("select")) listen(menu, "change", changed);
  listen(row.sites, "change", changed);
  listen(row.row, "input", filters.count);
  listen(row.row, "keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox])");
    if (event.key === "Escape") toggle(false);
    else if (event.key === "Enter" && typing) search();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listen(row.toggle, "click", () => toggle(!filters.isOpen));
  listen(row.clear, "click", () => {
    filters.empty();
    filters.lead(site.value);
    row.toggle.focus();
    search();
  });
  listen(again, "click", () => model.send({ kind: "again" }));
  // The press must not take the focus from the input, which would close the list.
  listen(list, "pointerdown", (event) => event.preventDefault());
  listen(list, "click", (event) => {
    const item = suggestions.at(event.target.closest("[role=option]")?.dataset.index);
    if (item) complete.accept(item);
  });
  listen(window, "scroll", suggestions.place, { capture: true, passive: true });
  listen(window, "resize", suggestions.place);

  model.on("msg:custom", (message) => {
    if (message.kind === "suggestions") complete.answered(message);
    if (message.kind === "adrift") show.adrift(message.problem);
  });
  for (const name of ["sites", "ratings"]) model.on(`change:${name}`, show.menus);
  for (const name of WAYS) model.on(`change:${name}`, show.asked);
  for (const name of ["busy", "status", "failed", "again", "note"])
    model.on(`change:${name}`, show.progress);

  // JupyterLab's one-letter commands must not fire while somebody types here.
  root.dataset.lmSuppressShortcuts = "true";
  show.menus();
  show.asked();
  show.progress();
  filters.open(filters.isUsed);
  el.append(root);
  return () => {
    clearTimeout(timer);
    complete.drop();
  };
};

export default () => {
  const past = []; // the queries of this session, shared by all views of the bar
  return { render: (context) => render({ ...context, past }) };
};

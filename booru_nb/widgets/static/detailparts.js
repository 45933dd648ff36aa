/** The elements of the details of a post. */
import { make } from "./elements.js";

const HOW = "Click: search · Shift-click: add to the search · Alt-click: exclude";

const button = (label, sign, attributes = {}) =>
  make("button", { type: "button", "aria-label": label, title: label, ...attributes }, sign);

/** Build the panel's elements. */
export const build = () => {
  const title = make("h3", { class: "bnbd-title" });
  const place = make("span", { class: "bnbd-place" });
  const back = button("Previous post (←)", "‹");
  const next = button("Next post (→)", "›");
  const close = button("Close (Escape)", "✕");
  const steps = make("div", { class: "bnbd-steps" }, back, place, next, close);
  const head = make("div", { class: "bnbd-head" }, title, steps);
  const image = make("img", { decoding: "async", hidden: "" });
  const notice = make("div", { class: "bnbd-notice", role: "status" });
  const veil = make("button", { type: "button", class: "bnbd-veil" });
  const frame = make("div", { class: "bnbd-frame" }, image, notice, veil);
  const star = make("button", { type: "button", class: "bnbd-star" });
  const folder = make("input", {
    class: "bnbd-folder", "aria-label": "Folder of the bookmark", placeholder: "Folder (optional)",
    title: "Press Enter to bookmark into this folder", autocomplete: "off", spellcheck: "false",
  });
  const folders = make("datalist", { id: `bnb-${crypto.randomUUID()}` });
  folder.setAttribute("list", folders.id);
  const note = make("textarea", {
    class: "bnbd-note", rows: "2", "aria-label": "Note on the bookmark", placeholder: "Note",
    title: "Kept when you leave it, or by Ctrl+Enter",
  });
  const keep = make("div", { class: "bnbd-keep" }, star, folder, folders, note);
  const summary = make("p", { class: "bnbd-summary" });
  const facts = make("dl", { class: "bnbd-facts" });
  const tags = make("div", { class: "bnbd-tags" });
  const body = make("div", { class: "bnbd-body" }, frame, keep, summary, tags, facts);
  const large = make("dialog", { class: "bnbd-large", "aria-label": "Picture, large" });
  const root = make("section", { class: "bnb bnb-details", tabindex: "-1", "aria-label": "Details of the post" }, head, body, large);
  return { root, body, title, place, back, next, close, image, notice, veil, frame, star, folder, folders, note, summary, facts, tags, large };
};

/** Show what a post's row of links or facts says. */
export const link = ({ name, text, address, query }) => {
  let shown = text;
  if (address) shown = make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
  else if (query) shown = make("button", { type: "button", class: "bnbd-link", "data-tag": query }, text);
  return [make("dt", {}, name), make("dd", {}, shown)];
};

export const group = ({ category, title, tags }) =>
  make(
    "div", { class: "bnbd-group" },
    make("h4", { "data-category": category }, title),
    make("ul", { "aria-label": title }, ...tags.map((tag) =>
      make("li", {}, make(
        "button", { type: "button", class: "bnbd-tag", "data-category": category, "data-tag": tag, title: `${tag}\n${HOW}` },
        tag.replaceAll("_", " "),
      )))),
  );

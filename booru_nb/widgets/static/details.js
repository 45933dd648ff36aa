/**
 * The browser half of the details of a post. What crosses the wire stands in details.py.
 *
 * What Python said last is kept once for all views, so that a view which opens later
 * shows it at once. A picture is a blob of this page, and is let go with its post.
 */
import { make } from "./elements.js";

const HOW = "Click: search · Shift-click: add to the search · Alt-click: exclude";

const button = (label, sign, attributes = {}) =>
  make("button", { type: "button", "aria-label": label, title: label, ...attributes }, sign);

/** Build the panel's elements. */
const build = () => {
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
  const keep = make("div", { class: "bnbd-keep" }, star, folder);
  const summary = make("p", { class: "bnbd-summary" });
  const facts = make("dl", { class: "bnbd-facts" });
  const tags = make("div", { class: "bnbd-tags" });
  const body = make("div", { class: "bnbd-body" }, frame, keep, summary, tags, facts);
  const large = make("dialog", { class: "bnbd-large", "aria-label": "Picture, large" });
  const root = make("section", { class: "bnb bnb-details", tabindex: "-1", "aria-label": "Details of the post" }, head, body, large);
  return { root, body, title, place, back, next, close, image, notice, veil, frame, star, folder, summary, facts, tags, large };
};

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Show what a post's row of links or facts says. */
const link = ({ name, text, address, query }) => {
  let shown = text;
  if (address) shown = make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
  else if (query) shown = make("button", { type: "button", class: "bnbd-link", "data-tag": query }, text);
  return [make("dt", {}, name), make("dd", {}, shown)];
};

const group = ({ category, title, tags }) =>
  make(
    "div", { class: "bnbd-group" },
    make("h4", { "data-category": category }, title),
    make("ul", { "aria-label": title }, ...tags.map((tag) =>
      make("li", {}, make(
        "button", { type: "button", class: "bnbd-tag", "data-category": category, "data-tag": tag, title: `${tag}\n${HOW}` },
        tag.replaceAll("_", " "),
      )))),
  );

/** Show the parts of the state in a view's elements. */
const shower = (parts, state) => {
  const { root, body, title, place, back, image, notice, veil, frame, star, summary, facts, tags, large } = parts;
  const shown = {
    post() {
      const { post } = state;
      root.hidden = !post;
      large.close();
      if (!post) return;
      title.textContent = `${post.site} ${post.id}`;
      place.textContent = post.place;
      summary.textContent = post.summary;
      const rows = post.facts.map(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]);
      facts.replaceChildren(...rows.flat(), ...post.links.flatMap(link));
      tags.replaceChildren(...post.groups.map(group));
      frame.style.aspectRatio = post.size ? post.size.join(" / ") : "4 / 3";
      body.scrollTop = 0;
      root.classList.toggle("bnbd-blurred", post.blurred);
      shown.picture();
      shown.star();
      shown.veil();
    },
    picture() {
      const { url, problem, final } = state;
      image.hidden = !url;
      image.alt = state.post.label;
      if (url) image.src = url;
      else image.removeAttribute("src");
      frame.classList.toggle("bnbd-waiting", !url && !problem);
      frame.classList.toggle("bnbd-empty", !url && Boolean(problem));
      notice.hidden = Boolean(url);
      notice.textContent = problem ?? "Loading the picture …";
      if (problem && !final) {
        const again = make("button", { type: "button", class: "bnbd-again" }, "Try again");
        notice.append(again);
      }
      shown.veil();
    },
    star() {
      const on = state.post.bookmarked;
      star.textContent = on ? "★ Bookmarked" : "☆ Bookmark";
      star.title = on ? "Remove the bookmark (b)" : "Bookmark this post (b)";
      star.setAttribute("aria-pressed", String(on));
    },
    veil() {
      const on = root.classList.contains("bnbd-blurred");
      veil.hidden = !state.post?.blurred || !state.url;
      veil.textContent = on ? `${capital(state.post?.rating ?? "unrated")}: show it` : "Blur";
      veil.setAttribute("aria-pressed", String(!on));
    },
  };
  return shown;
};

/** Let a press on a tag search for it, and one on the star keep the post. */
const actions = ({ model, parts, state, shown }) => {
  const { root, folder, image, large } = parts;
  const bookmark = (on) => {
    const name = folder.value.trim();
    model.send({ kind: "bookmark", number: state.number, on, folder: name || null });
  };
  const enlarge = () => {
    const whole = make("img", { src: state.url, alt: state.post.label });
    large.replaceChildren(whole);
    large.showModal();
  };
  const pressed = (event) => {
    const tag = event.target.closest("[data-tag]")?.dataset.tag;
    if (!tag) return;
    const how = event.altKey ? "exclude" : event.shiftKey ? "add" : "search";
    event.preventDefault();
    model.send({ kind: "tag", tag, how });
  };
  const unveil = () => {
    root.classList.toggle("bnbd-blurred");
    shown.veil();
  };
  return {
    pressed, unveil,
    toggle: () => bookmark(!state.post.bookmarked),
    file: () => bookmark(true),
    enlarge: () => image.src && !root.classList.contains("bnbd-blurred") && enlarge(),
    step: (by) => model.send({ kind: "step", by }),
    close: () => model.send({ kind: "close" }),
  };
};

/** What the keys do in the panel. */
const keys = (act, { large }) => {
  const plain = {
    ArrowLeft: () => act.step(-1), h: () => act.step(-1),
    ArrowRight: () => act.step(1), l: () => act.step(1),
    b: act.toggle, Escape: act.close,
  };
  return (event) => {
    if (large.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.tagName === "INPUT";
    if (typing && event.key === "Enter") act.file();
    else if (plain[event.key] && (!typing || event.key === "Escape")) plain[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
};

/** Bring the panel into sight where it opens low on the page or below it. */
const bringIntoSight = (root, signal) => {
  let height = 0;
  const watch = new ResizeObserver(() => {
    const opened = height === 0 && root.offsetHeight > 0;
    height = root.offsetHeight;
    const low = root.getBoundingClientRect().top > window.innerHeight / 2;
    if (opened && low) root.scrollIntoView({ block: "nearest" });
  });
  watch.observe(root);
  signal.addEventListener("abort", () => watch.disconnect());
};

/** Start a view of the panel in a place of the page. */
const render = ({ model, el, signal, state, views }) => {
  const parts = build();
  const { root, close, back, next, image, notice, veil, star, large } = parts;
  const shown = shower(parts, state);
  const act = actions({ model, parts, state, shown });
  const listen = (node, name, action) => node.addEventListener(name, action, { signal });
  const size = () => root.style.setProperty("--bnb-height", `${model.get("height")}px`);

  listen(root, "click", act.pressed);
  listen(root, "keydown", keys(act, parts));
  listen(close, "click", act.close);
  listen(back, "click", () => act.step(-1));
  listen(next, "click", () => act.step(1));
  listen(image, "click", act.enlarge);
  listen(veil, "click", act.unveil);
  listen(star, "click", act.toggle);
  listen(large, "click", () => large.close());
  listen(notice, "click", (event) => {
    if (event.target.closest("button")) model.send({ kind: "again" });
  });
  model.on("change:height", size);
  bringIntoSight(root, signal);

  // JupyterLab's one-letter commands must not fire while the panel has the focus.
  root.dataset.lmSuppressShortcuts = "true";
  size();
  el.append(root);
  shown.post();
  views.add(shown);
  return () => views.delete(shown);
};

/** Take what Python says into the state; return which part of the views it changes. */
const take = (state, message, buffers) => {
  const { kind, number, ...content } = message;
  if (kind === "post") {
    if (state.url) URL.revokeObjectURL(state.url);
    Object.assign(state, { number, post: content.post, url: null, problem: null });
    return "post";
  }
  if (number !== state.number || !state.post) return null;
  if (kind === "bookmarked") {
    state.post.bookmarked = content.bookmarked;
    return "star";
  }
  if (state.url) URL.revokeObjectURL(state.url);
  if (kind === "picture") {
    const blob = new Blob([buffers[0]], { type: content.mime });
    Object.assign(state, { url: URL.createObjectURL(blob), problem: null });
  } else Object.assign(state, { url: null, ...content });
  return "picture";
};

export default () => {
  const state = { number: 0, post: null, url: null, problem: null, final: false };
  const views = new Set();
  return {
    initialize({ model, signal }) {
      model.on("msg:custom", (message, buffers) => {
        const part = take(state, message, buffers);
        if (part) for (const shown of views) shown[part]();
      });
      signal.addEventListener("abort", () => state.url && URL.revokeObjectURL(state.url));
      model.send({ kind: "ready" });
    },
    render: (context) => render({ ...context, state, views }),
  };
};

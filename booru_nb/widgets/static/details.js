/**
 * The browser half of the details of a post. What crosses the wire stands in details.py.
 *
 * What Python said last is kept once for all views, so that a view which opens later
 * shows it at once. A picture is a blob of this page, and is let go with its post.
 */
import { build, group, link } from "./detailparts.js";
import { make } from "./elements.js";

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Show the parts of the state in a view's elements. */
const shower = (parts, state) => {
  const { root, body, title, place, image, notice, veil, frame, star, summary, facts, tags, large } = parts;
  const { folder, folders, note } = parts;
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
      shown.groups();
      frame.style.aspectRatio = post.size ? post.size.join(" / ") : "4 / 3";
      body.scrollTop = 0;
      shown.picture();
      folder.value = note.value = "";
      shown.kept();
      shown.blurred();
    },
    groups() {
      // A tag that has the focus keeps it, though its button is another one then.
      const held = tags.contains(document.activeElement) ? document.activeElement.dataset.tag : null;
      tags.replaceChildren(...state.post.groups.map(group));
      if (held) [...tags.querySelectorAll("[data-tag]")].find((tag) => tag.dataset.tag === held)?.focus();
    },
    blurred() {
      root.classList.toggle("bnbd-blurred", state.post.blurred);
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
    kept() {
      const { kept } = state.post;
      const on = Boolean(kept);
      folders.replaceChildren(...state.post.folders.map((name) => make("option", { value: name })));
      note.hidden = !on;
      // What is being typed is not to be wiped away by what was kept before.
      for (const [field, value] of [[folder, kept?.folder], [note, kept?.note]])
        if (field !== document.activeElement) field.value = value ?? (on ? "" : field.value);
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
  const { root, folder, note, image, large } = parts;
  const bookmark = (on) => {
    const name = folder.value.trim();
    const { kept } = state.post;
    const said = { folder: kept || name ? name : null, note: kept ? note.value : null };
    model.send({ kind: "bookmark", number: state.number, on, ...said });
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
    toggle: () => bookmark(!state.post.kept),
    file: () => bookmark(true),
    annotate: () => note.value !== state.post?.kept?.note && bookmark(true),
    enlarge: () => image.src && !root.classList.contains("bnbd-blurred") && enlarge(),
    step: (by) => model.send({ kind: "step", by }),
    close: () => model.send({ kind: "close" }),
  };
};

/** What the keys do in the panel. */
const keys = (act, { large, note }) => {
  const plain = {
    ArrowLeft: () => act.step(-1), h: () => act.step(-1),
    ArrowRight: () => act.step(1), l: () => act.step(1),
    b: act.toggle, Escape: act.close,
  };
  return (event) => {
    const ctrl = event.ctrlKey || event.metaKey;
    if (large.open || event.altKey || event.isComposing) return;
    if (ctrl && !(event.target === note && event.key === "Enter")) return;
    const typing = ["INPUT", "TEXTAREA"].includes(event.target.tagName);
    if (ctrl) act.annotate();
    else if (event.target === note && event.key === "Enter") return;
    else if (typing && event.key === "Enter") act.file();
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
  const { root, close, back, next, image, notice, note, veil, star, large } = parts;
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
  listen(note, "change", act.annotate);
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
  if (["kept", "groups", "blurred"].includes(kind)) {
    Object.assign(state.post, content);
    return kind;
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

/**
 * What a key means in the grid.
 *
 * @param {KeyboardEvent} event
 * @param {number} at The active post.
 * @param {{columns: number, total: number, page: number}} grid
 * @returns {{move: number} | {act: string} | null}
 */
export function meaning(event, at, grid) {
  const { columns, total, page } = grid;
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.altKey) return null;
  if (ctrl) {
    const jumps = { Home: 0, End: total - 1 };
    if (event.key in jumps) return { move: jumps[event.key] };
    return event.key === "a" ? { act: "all" } : null;
  }
  const start = at - (at % columns);
  const places = {
    ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns,
    PageUp: at - page, PageDown: at + page, Home: start, End: start + columns - 1,
  };
  const letters = { h: "ArrowLeft", l: "ArrowRight", k: "ArrowUp", j: "ArrowDown" };
  // With Shift, a letter arrives as a capital.
  if (event.shiftKey && event.key === "Enter") return null;
  const key = letters[event.key.toLowerCase()] ?? event.key;
  if (key in places) return { move: clamped(places[key], at, grid) };
  const acts = {
    " ": "toggle", Enter: "open", Escape: "none", b: "bookmark", v: "reveal",
    V: "reveal-all", r: "retry", "?": "help",
  };
  return event.key in acts ? { act: acts[event.key] } : null;
}

/** A step beyond the edge goes nowhere; a page beyond it goes to the edge's row. */
function clamped(to, at, { columns, total, page }) {
  if (to >= 0 && to < total) return to;
  const step = Math.abs(to - at);
  if (step === page && page > columns) return to < 0 ? at % columns : total - 1;
  // From above a short last row, down leads to its end.
  const lastRow = Math.floor((total - 1) / columns);
  if (to >= total && Math.floor(at / columns) < lastRow) return total - 1;
  return at;
}

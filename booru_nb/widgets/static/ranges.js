// Sets of ordinals as ascending, disjoint, half-open ranges: [[0, 3], [7, 8]].

/** @typedef {Array<[number, number]>} Ranges */

/**
 * @param {Ranges} ranges In any order, overlapping or not.
 * @returns {Ranges}
 */
export function tidy(ranges) {
  const out = [];
  for (const [a, b] of [...ranges].sort((x, y) => x[0] - y[0])) {
    const last = out[out.length - 1];
    if (last && a <= last[1]) last[1] = Math.max(last[1], b);
    else if (a < b) out.push([a, b]);
  }
  return out;
}

/** @param {Ranges} left @param {Ranges} right @returns {Ranges} */
export function union(left, right) {
  return tidy([...left, ...right]);
}

/** @param {Ranges} left @param {Ranges} right Tidy. @returns {Ranges} */
export function minus(left, right) {
  let rest = left;
  for (const [a, b] of right) {
    rest = rest.flatMap(([x, y]) =>
      [[x, Math.min(y, a)], [Math.max(x, b), y]].filter(([p, q]) => p < q));
  }
  return rest;
}

/** @param {Ranges} ranges Tidy. @param {number} i @returns {boolean} */
export function holds(ranges, i) {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (ranges[mid][1] <= i) low = mid + 1;
    else high = mid;
  }
  return low < ranges.length && ranges[low][0] <= i;
}

/** @param {Ranges} ranges Tidy. @returns {number} */
export function size(ranges) {
  return ranges.reduce((sum, [a, b]) => sum + b - a, 0);
}

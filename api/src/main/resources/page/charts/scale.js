// Linear scales and round ticks.

/** Maps a domain onto a range. */
export function linear([d0, d1], [r0, r1]) {
  const span = d1 - d0 || 1;
  return value => r0 + (value - d0) / span * (r1 - r0);
}

/** About n round numbers within the domain. */
export function ticks([low, high], n = 5) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / n;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find(each => each * power >= raw) * power;
  const result = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) result.push(Number((i * step).toPrecision(12)));
  return result;
}

/** The smallest interval that holds the values and a margin of it on both sides. */
export function extent(values, margin = .06) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const gap = (high - low || Math.abs(high) || 1) * margin;
  return [low - gap, high + gap];
}

// Seeds as people write them: 3, or 0-4, or 1, 7.

/**
 * @param most how many there may be
 * @param bad takes in what is wrong, in words
 * @returns whole numbers, each once, in the order in which they were written
 */
export function seedsOf(text, most, bad) {
  const seeds = new Set();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const found = part.match(/^(\d{1,15})(?:[-–](\d{1,15}))?$/);
    const [first, last] = found ? [Number(found[1]), Number(found[2] ?? found[1])] : [0, -1];
    if (last < first) {
      bad.push(`The seed is “${part}”: give a whole number from 0 on, or a range such as 0-4.`);
      return [];
    }
    if (last - first >= most) {
      bad.push(`“${part}” are ${(last - first + 1).toLocaleString('en')} seeds: at most ${most} can be launched at once.`);
      return [];
    }
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  if (!seeds.size) bad.push('There is no seed: give a whole number from 0 on, or several, such as 0-4.');
  if (seeds.size > most) bad.push(`These are ${seeds.size} seeds: at most ${most} can be launched at once.`);
  return [...seeds];
}

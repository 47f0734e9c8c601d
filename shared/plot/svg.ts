export const escaped = (words: string): string =>
  words.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Pixels to a tenth: no more than an eye sees. */
const px = (n: number): number => Math.round(n * 10) / 10;

export const text = (
  x: number,
  y: number,
  words: string,
  kind: string,
  size: number,
  anchor?: 'middle' | 'end',
): string =>
  `<text class="wlf-text ${kind}" x="${px(x)}" y="${px(y)}" font-size="${size}"${anchor ? ` text-anchor="${anchor}"` : ''}>${escaped(words)}</text>`;

export const bar = (x: number, y: number, width: number, height: number, kind: string): string =>
  `<rect class="${kind}" x="${px(x)}" y="${px(y)}" width="${px(Math.max(0, width))}" height="${px(Math.max(0, height))}"/>`;

export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<path class="${kind}" d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}"/>`;

/** Marks of an axis: 0 and up to five more, at round numbers. */
export const ticks = (most: number): number[] => {
  if (most <= 0) return [0];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
};

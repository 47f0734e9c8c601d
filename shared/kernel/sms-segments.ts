/** GSM 03.38 basic letters, each one septet. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Of the extension table: an escape and a letter, two septets that may not be parted. */
const extended = new Set('\f^{}\\[~]|€');

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  /** What the text message is charged as. */
  count: number;
  /** Septets or UTF-16 units in all. */
  units: number;
}

const limits = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const;

const cost = (letter: string, encoding: Segments['encoding']): number =>
  encoding === 'UCS-2' ? letter.length : extended.has(letter) ? 2 : 1;

/** Fills parts letter by letter: an escape pair or a surrogate pair never lies across two parts. */
const countParts = (costs: readonly number[], size: number): number => {
  let parts = 1;
  let used = 0;
  for (const c of costs) {
    if (used + c > size) {
      parts++;
      used = 0;
    }
    used += c;
  }
  return parts;
};

export const countSegments = (text: string): Segments => {
  const letters = [...text];
  const encoding = letters.every((l) => basic.has(l) || extended.has(l)) ? 'GSM-7' : 'UCS-2';
  const costs = letters.map((l) => cost(l, encoding));
  const units = costs.reduce((sum, c) => sum + c, 0);
  const { alone, joined } = limits[encoding];
  return { encoding, units, count: units <= alone ? 1 : countParts(costs, joined) };
};

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon 2 Mar`, of the 24 hours that begin then (ISO, UTC). */
export const tellDay = (at: string): string => {
  const date = new Date(at);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
};

/** Three digits are more than a forecast knows: `12.3k`, `1.05M`. */
export const rounded = (n: number): string => {
  const size = Math.abs(n);
  if (size >= 999_500) return `${short(n / 1e6)}M`;
  if (size >= 9_995) return `${short(n / 1e3)}k`;
  return Math.round(n).toLocaleString('en-US');
};

const short = (n: number): string => String(Number(n.toPrecision(3)));

export const money = (dollars: number): string =>
  dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The drawn alphabet: strokes on a field of 24 by 24. A step's form names its letter (`symbol`). */
const icons: Readonly<Record<string, string>> = {
  mail: 'M4 6h16v12H4zM4 7l8 6.5L20 7',
  phone: 'M8 3h8v18H8zM11 18h2',
  bell: 'M6 16.5c1.4-1.5 1.6-3.3 1.6-6a4.4 4.4 0 0 1 8.8 0c0 2.7.2 4.5 1.6 6zM10.5 19.5a1.7 1.7 0 0 0 3 0M12 6V4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  tag: 'M4 4h8l8.5 8.5-8 8L4 12zM8 8h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2.5',
  ear: 'M7 10.5a5 5 0 1 1 10 0c0 3.5-3.5 4-3.5 7a3 3 0 0 1-5.6 1.5M9.5 10.5a2.5 2.5 0 0 1 5 0c0 1.5-1.5 1.7-1.5 3',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.2-1.5 2.3M12 18.5v.01',
  split: 'M12 4v5c0 4-6 3-6 8v3M12 9c0 4 6 3 6 8v3M3.5 17.5 6 20l2.5-2.5M15.5 17.5 18 20l2.5-2.5',
  spark: 'M12 3v5M12 16v5M3 12h5M16 12h5M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3',
  hand: 'M3 12h13M11 7l5 5-5 5M20 4v16',
  plug: 'M9 3v5M15 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v3',
  note: 'M8 3h8v18H8zM11 18h2M3 8.5c1.4 1 1.4 6 0 7M21 8.5c-1.4 1-1.4 6 0 7',
  back: 'M9 5 4 10l5 5M4 10h10a5.5 5.5 0 0 1 0 11h-4',
  stop: 'M6 21V4M6 5c4-2.5 7 2.5 12 0v8.5c-5 2.5-8-2.5-12 0',
  leaf: 'M5 19C5 10 10 5 20 5c0 10-5 14-12 13M4 21C6 16 9 12.5 14 10',
  target: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M12 12h.01',
};

/** A symbol that was never drawn is a dot. */
export const iconPath = (symbol: string): string =>
  Object.hasOwn(icons, symbol) ? (icons[symbol] ?? '') : 'M12 12h.01';

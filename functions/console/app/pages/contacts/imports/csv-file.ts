/** Spreadsheets write UTF-8, UTF-16 with its mark, or the code page of Windows. */
export const decodeFile = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** Where each record ends: at a line break that stands in no quotes. */
function* recordEnds(text: string): Generator<number> {
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const mark = text[i];
    if (mark === '"') isQuoted = !isQuoted;
    else if (mark === '\n' && !isQuoted) yield i + 1;
  }
  if (!text.endsWith('\n')) yield text.length;
}

/** Parts that each begin with the header; none where there is no row. */
export const splitCsv = (text: string, maxChars: number): string[] => {
  const ends = recordEnds(text);
  const headerEnd = ends.next().value ?? text.length;
  const header = text.slice(0, headerEnd);
  const parts: string[] = [];
  let [from, last] = [headerEnd, headerEnd];
  const cut = (): void => {
    if (text.slice(from, last).trim() !== '') parts.push(header + text.slice(from, last));
    from = last;
  };
  for (const end of ends) {
    if (end - from > maxChars && last > from) cut();
    last = end;
  }
  cut();
  return parts;
};

/** Records of a CSV that the API wrote: commas, quotes doubled within quotes. */
export const readCsv = (text: string): string[][] => {
  const records: string[][] = [];
  let from = 0;
  for (const end of recordEnds(text)) {
    const record = text.slice(from, end).replace(/\r?\n$/, '');
    if (record !== '') records.push(cellsOf(record));
    from = end;
  }
  return records;
};

const cellsOf = (record: string): string[] =>
  [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );

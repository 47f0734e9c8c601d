import { Refusal } from '#kernel/errors';

/** Encodings that spreadsheets write. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

const synonyms: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  cp1252: 'windows-1252',
};

/** @returns undefined for one that is not read */
export const encodingNamed = (name: string): Encoding | undefined => {
  const lower = name.trim().toLowerCase();
  return encodings.find((encoding) => encoding === lower) ?? synonyms[lower];
};

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const zerosAt = (bytes: Uint8Array, odd: boolean): number => {
  let zeros = 0;
  for (let i = odd ? 1 : 0; i < bytes.length; i += 2) if (bytes[i] === 0) zeros++;
  return zeros / Math.max(1, bytes.length / 2);
};

/** Latin letters in UTF-16 are zeros every second byte; no other text has any. */
const withoutMark = (head: Uint8Array): Encoding | undefined => {
  if (zerosAt(head, true) > 0.3) return 'utf-16le';
  return zerosAt(head, false) > 0.3 ? 'utf-16be' : undefined;
};

/** What the first bytes tell; undefined where only the rest can tell UTF-8 from Windows-1252. */
export const sniffEncoding = (head: Uint8Array): Encoding | undefined =>
  marks.find(([, mark]) => mark.every((byte, i) => head[i] === byte))?.[0] ??
  withoutMark(head.subarray(0, 4096));

/** Workbooks and other files that are no text are told from their first bytes. */
export const refuseBinary = (head: Uint8Array): void => {
  const isZip = head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;
  const isOldWorkbook = head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0;
  if (isZip || isOldWorkbook)
    throw new Refusal(
      415,
      'not-csv',
      'This is a workbook, not CSV. In the spreadsheet choose "Save as", "CSV UTF-8".',
    );
};

/** U+FEFF at the beginning is taken away by the decoder. */
export const decodeCsv = (bytes: Uint8Array, named?: Encoding): { text: string; encoding: Encoding } => {
  refuseBinary(bytes);
  const encoding = named ?? sniffEncoding(bytes);
  if (encoding) return { text: decodeAs(bytes, encoding), encoding };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: decodeAs(bytes, 'windows-1252'), encoding: 'windows-1252' };
  }
};

const decodeAs = (bytes: Uint8Array, encoding: Encoding): string => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal(
      400,
      'wrong-encoding',
      `The file is not ${encoding}. Leave the encoding out to have it found.`,
      {
        cause,
      },
    );
  }
};

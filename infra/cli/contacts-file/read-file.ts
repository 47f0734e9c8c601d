import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { type Encoding, refuseBinary, sniffEncoding } from '#csv/decode';
import { isBlankRow, parseOptions, refusalOf } from '#csv/parse';
import { declaredSeparator, type Separator, sniffSeparator } from '#csv/separators';
import { Failure } from '../failure.ts';

export interface FileFacts {
  /** SHA-256 of the bytes. */
  digest: string;
  encoding: Encoding;
}

const isUtf8 = () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  return (chunk?: Uint8Array): boolean => {
    try {
      if (valid) decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      valid = false;
    }
    return valid;
  };
};

/** Reads the file once, whatever its size: only its end tells UTF-8 from Windows-1252. */
export const lookAt = async (file: string, named?: Encoding): Promise<FileFacts> => {
  const hash = createHash('sha256');
  const check = isUtf8();
  let sniffed: Encoding | undefined;
  let isFirst = true;
  for await (const chunk of chunksOf(file)) {
    if (isFirst) {
      refuseBinary(chunk);
      sniffed = sniffEncoding(chunk);
      isFirst = false;
    }
    hash.update(chunk);
    check(chunk);
  }
  if (isFirst) throw new Failure(`${file} is empty.`);
  const encoding = named ?? sniffed ?? (check() ? 'utf-8' : 'windows-1252');
  return { digest: hash.digest('base64url'), encoding };
};

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }))
      yield chunk as Uint8Array;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Failure(`Cannot read ${file}: there is no such file.`);
    if (code === 'EISDIR') throw new Failure(`Cannot read ${file}: it is a folder.`);
    throw error;
  }
}

async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunksOf(file)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure(`${file} is not ${encoding}. Leave --encoding out to have it found.`);
  }
}

export interface Rows {
  separator: Separator;
  /** Blank rows before the header. */
  blank: number;
  header: string[];
  /** In the order of the file. */
  rows: AsyncIterable<string[]>;
}

/** The file as rows, read as they are asked for. */
export const readRows = async (file: string, encoding: Encoding, named?: Separator): Promise<Rows> => {
  const text = textOf(file, encoding)[Symbol.asyncIterator]();
  const first = await text.next();
  const { separator: declared, rest } = declaredSeparator(first.value ?? '');
  const separator = named ?? declared ?? sniffSeparator(rest);
  const records = recordsOf(separator, async function* () {
    yield rest;
    for (let next = await text.next(); !next.done; next = await text.next()) yield next.value;
  });
  let blank = 0;
  for (;;) {
    const { value, done } = await records.next();
    if (done) throw new Failure(`${file} holds no header: its first line must name the columns.`);
    if (!isBlankRow(value)) return { separator, blank, header: value, rows: records };
    blank++;
  }
};

async function* recordsOf(
  separator: Separator,
  text: () => AsyncGenerator<string>,
): AsyncGenerator<string[], void> {
  const parser = parse(parseOptions(separator));
  const feed = async (): Promise<void> => {
    for await (const piece of text())
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve));
    parser.end();
  };
  feed().catch((error: Error) => parser.destroy(error));
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    throw error instanceof CsvError ? new Failure((refusalOf(error) as Error).message) : error;
  }
}

import type { Api } from '../../../api/api.ts';

const first = '/v1/contacts/export?format=csv';

/** Every page one after the other, as the parts of one file. @param told how many contacts are in it so far */
export const exportAll = async (
  api: Pick<Api, 'text'>,
  { signal, told }: { signal: AbortSignal; told(contacts: number): void },
): Promise<string[]> => {
  const parts: string[] = [];
  // The heading is no contact.
  let contacts = -1;
  for (let path: string | undefined = first; path !== undefined; ) {
    const { data, next }: { data: string; next: string | undefined } = await api.text(path, signal);
    parts.push(data);
    contacts += linesIn(data);
    told(Math.max(0, contacts));
    path = next;
  }
  return parts;
};

/** A line break within quotes is no end of a row. */
const linesIn = (csv: string): number => {
  let [lines, isQuoted] = [0, false];
  for (const letter of csv) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === '\n' && !isQuoted) lines++;
  }
  return lines;
};

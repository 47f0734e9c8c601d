import { normaliseEmail, normalisePhone } from '#policy/contacts/identity';
import { catalogueOf } from '#store/catalogue/catalogue';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { forgetRows } from '#store/catalogue/forget-rows';
import { getImport, type Import, listImports } from '#store/catalogue/imports';
import { type Erasure, recogniser } from '#store/contacts/erasures';
import type { Store } from '#store/store';
import { type Common, type ReadRow, readRow } from './row.ts';
import { commonOf } from './settings.ts';

type Named = Pick<ReadRow, 'id' | 'identities'>;

/**
 * Takes who was erased out of the parts of imports that are not over, also out of rows that are done:
 * they wait with the others. What came after the erasure was given anew.
 * @returns false when time was up before all were looked at
 */
export const forgetErased = async (
  store: Store,
  erasure: Erasure,
  isLate: () => boolean,
): Promise<boolean> => {
  const imports = await listImports(store);
  if (imports.length === 0) return true;
  await catalogueOf(store).renew();
  const settings = await contactSettingsOf(store);
  const isErased = await recogniser(store, erasure);
  for (const one of imports) {
    const common = commonOf(one, settings);
    const isTheirs = (cells: readonly string[]): boolean => isErased(namedBy(cells, common));
    for (const number of partsBefore(one, erasure.at)) {
      if (isLate()) return false;
      await forgetIn(store, one, number, isTheirs);
    }
  }
  return true;
};

/** Those that came in the same millisecond, too. */
const partsBefore = ({ parts }: Import, at: string): number[] =>
  Object.entries(parts)
    .filter(([, { receivedAt = at }]) => receivedAt <= at)
    .map(([number]) => Number(number));

const forgetIn = async (
  store: Store,
  one: Import,
  number: number,
  isTheirs: (cells: readonly string[]) => boolean,
): Promise<void> => {
  for (let now: Import | undefined = one; now; now = await getImport(store, one.id)) {
    if (now.status !== 'open' && now.status !== 'running') return;
    if (await forgetRows(store, now, number, isTheirs)) return;
  }
};

/** Who a row names as the import reads it; any cell of one that is refused, whose cells may be out of place. */
const namedBy = (cells: readonly string[], common: Common): Named => {
  const reading = readRow(cells, common);
  return 'row' in reading
    ? reading.row
    : { identities: cells.flatMap((cell) => identitiesIn(cell.trim(), common)) };
};

const identitiesIn = (cell: string, { country }: Common): Named['identities'] => {
  const [email, phone] = [normaliseEmail(cell), normalisePhone(cell, country)];
  return [
    { kind: 'userId', value: cell },
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
    ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
  ];
};

import { canonicalNumber } from '#infra/local/dynamodb/values/number';
import type { GeneratedOperation } from './operations.ts';

export interface Outcome {
  output?: Record<string, unknown>;
  error?: { name: string; message: string; reasons?: readonly Reason[] };
}
interface Reason {
  Code?: string;
  Message?: string;
  Item?: unknown;
}
type Failure = NonNullable<Outcome['error']>;
type Output = Record<string, unknown>;

/** What differs, in words; nothing when the two agree as far as DynamoDB Local is a measure. */
export const differences = (operation: GeneratedOperation, ours: Outcome, theirs: Outcome): string[] => {
  if (theirs.error?.name === 'InternalFailure') return [];
  if (ours.error && theirs.error) return errorDifferences(ours.error, theirs.error);
  if (ours.error || theirs.error) return [`ours: ${text(ours)}`, `theirs: ${text(theirs)}`];
  const a = comparable(operation, ours.output!);
  const b = comparable(operation, theirs.output!);
  return Object.keys({ ...a, ...b }).flatMap((member) => {
    const [x, y] = [text(a[member]), text(b[member])];
    return x === y ? [] : [`${member}: ours ${x}`, `${member}: theirs ${y}`];
  });
};

/**
 * Refusals that the service makes and DynamoDB Local does not. What we refuse for such a reason
 * is not asked there, so that both keep the same items.
 */
export const isStricter = ({ error }: Outcome): boolean => {
  const messages = [error?.message, ...(error?.reasons ?? []).map(({ Message }) => Message)];
  return messages.some((message) => stricter.some((words) => message?.includes(words)));
};
const stricter = [
  'attempted to update the secondary index key',
  // Only a scan of DynamoDB Local takes such a filter.
  'does not project one or more filter attributes',
  // DynamoDB Local looks at the condition first.
  'Key attributes must be scalars',
];

/** Object keys in order, bytes readable, sets in one order, numbers in one writing (nested ones keep theirs in DynamoDB Local). */
export const text = (value: unknown): string =>
  JSON.stringify(value, (key, member: unknown) => {
    if (member instanceof Uint8Array) return { bytes: Buffer.from(member).toString('hex') };
    if (key === 'N' && typeof member === 'string') return canonicalOr(member);
    if (key === 'SS' && Array.isArray(member)) return [...member].sort();
    if (!member || typeof member !== 'object' || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([x], [y]) => (x < y ? -1 : 1)));
  }) ?? 'undefined';

const canonicalOr = (number: string): string => {
  try {
    return canonicalNumber(number);
  } catch {
    return number;
  }
};

const errorDifferences = (ours: Failure, theirs: Failure): string[] => {
  if (isTwice(ours) && theirs.name === 'TransactionCanceledException') return [];
  const [a, b] = [nameOf(ours), nameOf(theirs)];
  if (a !== b) return [`ours: ${a}: ${ours.message}`, `theirs: ${b}: ${theirs.message}`];
  if (ours.name !== theirs.name) return [];
  const [x, y] = [reasonsOf(ours), reasonsOf(theirs)];
  return x === y ? [] : [`reasons: ours ${x}`, `reasons: theirs ${y}`];
};

/** DynamoDB Local looks at the conditions before it looks whether an item comes twice. */
const isTwice = ({ message }: Failure): boolean => message.includes('multiple operations on one item');

/**
 * A member of a transaction that does not fit its item cancels the transaction with a reason, says the
 * service's documentation; DynamoDB Local throws the reason itself, or lists only this one reason.
 */
const nameOf = ({ name, reasons }: Failure): string =>
  reasons?.some(({ Code }) => Code === 'ValidationError') ? 'ValidationException' : name;

const reasonsOf = (failure: Failure): string =>
  nameOf(failure) === 'TransactionCanceledException'
    ? text(failure.reasons?.map(({ Code, Item }) => ({ Code, Item })))
    : '';

const comparable = ({ name, input }: GeneratedOperation, output: Output): Output => {
  const { $metadata: _, ConsumedCapacity, ...rest } = output;
  const returned = String(input.ReturnValues ?? '');
  // DynamoDB Local returns whole attributes where the service returns the parts that were updated.
  if (returned.startsWith('UPDATED_')) rest.Attributes = Object.keys(rest.Attributes ?? {}).sort();
  if (name === 'Query' || name === 'Scan') return comparablePage(name, input, output);
  if (name === 'BatchGetItem') rest.Responses = sortedLists(rest.Responses as Record<string, unknown[]>);
  return { ...rest, ...comparableCapacity(name, ConsumedCapacity) };
};

/**
 * Batches, transactions and entries of global indexes that are not even made are counted differently
 * in DynamoDB Local.
 */
const comparableCapacity = (name: string, capacity: unknown): Output => {
  if (name.includes('Batch') || name.includes('Transact')) return {};
  const { CapacityUnits, GlobalSecondaryIndexes, Table, LocalSecondaryIndexes } = (capacity ?? {}) as Output;
  return Table
    ? { Table, LocalSecondaryIndexes }
    : { CapacityUnits: GlobalSecondaryIndexes ?? CapacityUnits };
};

const sorted = (list: readonly unknown[] | undefined): string[] => (list ?? []).map(text).sort();
const sortedLists = (lists: Record<string, unknown[]>) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, sorted(list)]));

/**
 * A scan has no order, an index none among equal keys, so what stands on a cut page of an index is open.
 * Pages without rows, and a scan's fetches beside an index, cost nothing in DynamoDB Local.
 */
const comparablePage = (name: string, input: Output, page: Output): Output => {
  const { ConsumedCapacity, LastEvaluatedKey, Items, Count, ScannedCount } = page;
  const anyOrder = name === 'Scan' || input.IndexName !== undefined;
  if (input.Limit !== undefined && anyOrder) return { ScannedCount, more: LastEvaluatedKey !== undefined };
  const free = ScannedCount === 0 || (name === 'Scan' && input.IndexName !== undefined);
  return {
    Count,
    ScannedCount,
    Items: anyOrder && Items ? sorted(Items as unknown[]) : Items,
    // When the limit falls on the last row, DynamoDB Local now and then knows that it was the last.
    LastEvaluatedKey: ScannedCount === input.Limit ? undefined : LastEvaluatedKey,
    ...(free ? {} : { ConsumedCapacity: pageCapacity(input, ConsumedCapacity) }),
  };
};

/** With a projection DynamoDB Local always fetches beside a local index, the service only what the index lacks. */
const pageCapacity = ({ IndexName, ProjectionExpression }: Output, capacity: unknown): unknown =>
  IndexName && ProjectionExpression ? (capacity as Output).LocalSecondaryIndexes : capacity;

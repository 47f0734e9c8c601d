import { createHash } from 'node:crypto';
import type { ScanCommandInput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import { placeOf } from '../tables/keys.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import type { Item } from '../values/value.ts';
import { legacyReads, type Operation, refuseLegacy, tableOf } from './operation.ts';
import { readPage } from './page.ts';
import type { Output } from './single-write.ts';
import { checkSourceInput, type Source, sourceOf } from './source.ts';
import { startRow } from './start-key.ts';

/** In the order of the keys; the service's own order is none. */
export const scan: Operation<ScanCommandInput, Output<ScanCommandOutput>> = (input, context) => {
  refuseLegacy(input, legacyReads);
  checkSourceInput(input);
  checkSegment(input);
  const scope = new ExpressionScope(input, ['ProjectionExpression', 'FilterExpression']);
  const filter = scope.condition('FilterExpression');
  const projection = scope.projection();
  scope.finish();
  const table = tableOf(context, input.TableName);
  const source = sourceOf(table, input, projection, filter);
  const after = startRow(table, source.keys, input.ExclusiveStartKey as Item | undefined);
  const everything = { hash: undefined, low: undefined, high: undefined, forward: true };
  return readPage(
    context,
    input,
    source,
    { index: source.position, ...everything, after },
    inSegment(source, input),
  );
};

const checkSegment = ({ Segment, TotalSegments }: ScanCommandInput): void => {
  if (TotalSegments === undefined && Segment !== undefined)
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  if (Segment === undefined && TotalSegments !== undefined)
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  if (Segment !== undefined && Segment >= TotalSegments!)
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
};

/** A partition is whole in one segment. */
const inSegment = ({ keys }: Source, { Segment, TotalSegments }: ScanCommandInput) => {
  if (!TotalSegments || TotalSegments === 1) return () => true;
  return ({ item }: StoredItem): boolean =>
    createHash('sha1').update(placeOf(keys, item).pk).digest().readUInt32BE() % TotalSegments === Segment;
};

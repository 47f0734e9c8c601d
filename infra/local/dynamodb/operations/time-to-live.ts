import type {
  DescribeTimeToLiveCommandInput,
  DescribeTimeToLiveCommandOutput,
  UpdateTimeToLiveCommandInput,
  UpdateTimeToLiveCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { type Operation, requireMember, tableOf } from './operation.ts';
import type { Output } from './single-write.ts';

/** Takes effect at once, also for items that are there already. */
export const updateTimeToLive: Operation<
  UpdateTimeToLiveCommandInput,
  Output<UpdateTimeToLiveCommandOutput>
> = (input, context) => {
  requireMember(input.TimeToLiveSpecification, 'timeToLiveSpecification');
  const { AttributeName, Enabled } = input.TimeToLiveSpecification!;
  requireMember(AttributeName, 'timeToLiveSpecification.attributeName');
  requireMember(Enabled, 'timeToLiveSpecification.enabled');
  const table = tableOf(context, input.TableName);
  const current = table.schema.expiry;
  if (Enabled && current !== undefined) throw validation('TimeToLive is already enabled');
  if (!Enabled && current === undefined) throw validation('TimeToLive is already disabled');
  if (!Enabled && current !== AttributeName)
    throw validation(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  context.catalogue.setExpiry(table, Enabled ? AttributeName : undefined);
  context.expiryChanged(table);
  return { TimeToLiveSpecification: { Enabled, AttributeName } };
};

export const describeTimeToLive: Operation<
  DescribeTimeToLiveCommandInput,
  Output<DescribeTimeToLiveCommandOutput>
> = (input, context) => {
  const { expiry } = tableOf(context, input.TableName).schema;
  return {
    TimeToLiveDescription:
      expiry === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: expiry },
  };
};

import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { Alarms } from './alarms.ts';

export interface WatchStackProps extends StackProps {
  client: Client;
  records: readonly FunctionRecord[];
}

/** Who looks after the rest. It names what it watches, so it may change without touching what runs. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { client, records, ...props }: WatchStackProps) {
    super(scope, id, props);
    new Alarms(this, 'Alarms', { client, records });
  }
}

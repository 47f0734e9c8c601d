import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentOf } from '#aws/context';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import type { DataStack } from './data-stack.ts';
import { createFailures } from './failures.ts';
import { pascal, settingsOf } from './settings.ts';
import { connect, type Sources } from './triggers.ts';
import { WayleafFunction } from './wayleaf-function.ts';

export interface AppStackProps extends StackProps {
  client: Client;
  data: DataStack;
  topics: Sources['topics'];
  /** Where links lead. */
  url: string;
  records: readonly FunctionRecord[];
}

/** Everything that can be made again at any time: functions with their roles, and what calls them. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { client, data, topics, url, records } = props;
    const environment = environmentOf(settingsOf(this, client, url));
    const sources = { client, mainTable: data.main, topics, failures: createFailures(this) };
    for (const record of records)
      connect(new WayleafFunction(this, pascal(record.name), { client, record, environment }), sources);
  }
}

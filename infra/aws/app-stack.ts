import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentOf } from '#aws/context';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import { pascal, settingsOf } from './settings.ts';
import { connect } from './triggers.ts';
import { WayleafFunction } from './wayleaf-function.ts';

export interface AppStackProps extends StackProps {
  client: Client;
  data: DataStack;
  edge: EdgeStack;
  records: readonly FunctionRecord[];
}

/** Everything that can be made again at any time: functions with their roles, and what calls them. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { client, data, edge, records } = props;
    const environment = environmentOf(settingsOf(this, client, edge.url));
    const sources = { client, mainTable: data.main, topics: edge.mail.topics };
    for (const record of records)
      connect(new WayleafFunction(this, pascal(record.name), { client, record, environment }), sources);
  }
}

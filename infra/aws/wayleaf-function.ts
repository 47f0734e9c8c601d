import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  type ILayerVersion,
  Function as Lambda,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { logGroupOf, namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { bundleFunction, chainOf } from './bundle.ts';
import { statementsFor } from './grants.ts';

export interface WayleafFunctionProps {
  client: Client;
  record: FunctionRecord;
  environment: Record<string, string>;
  layers?: ILayerVersion[];
}

/** A Lambda as its record says: its code, its own role with exactly its grants, its log group. */
export class WayleafFunction extends Construct {
  readonly lambda: Lambda;
  readonly record: FunctionRecord;

  constructor(scope: Construct, id: string, { client, record, environment, layers }: WayleafFunctionProps) {
    super(scope, id);
    this.record = record;
    const name = namesOf(client.name).function(record.name);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: logGroupOf(client.name, record.name),
      retention: client.retention.logs,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { tracing } = client.deployment;
    const statements = [
      ...statementsFor(Stack.of(this), client, record.grants),
      ...(tracing ? [ownTraces()] : []),
    ];
    // Within the role: a policy of its own would be one more of the 500 resources that a stack may have.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        grants: new PolicyDocument({ statements: [...statements, ownLogs(logGroup)] }),
      },
    });
    const open = statements.flatMap((statement) =>
      statement.resources.filter((resource) => resource.endsWith('*')),
    );
    if (open.length > 0) acknowledge(role, 'names-that-do-not-exist-yet', [...new Set(open)]);
    if (open.includes('*')) acknowledge(role, 'star-where-iam-has-no-more');
    this.lambda = new Lambda(this, 'Function', {
      functionName: name,
      description: record.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFunction(record, chainOf(tracing))),
      timeout: Duration.seconds(record.timeoutSeconds),
      memorySize: record.memoryMegabytes,
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      layers: layers ?? [],
    });
    // Not by the property of the construct, which would add a policy beside the role.
    if (tracing) (this.lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
    else acknowledge(this.lambda, 'ids-in-logs-tell-the-way');
    acknowledge(this.lambda, 'whoever-calls-keeps-it');
  }
}

const ownLogs = (logGroup: LogGroup): PolicyStatement =>
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });

/** X-Ray has no resource but `*`. */
const ownTraces = (): PolicyStatement =>
  new PolicyStatement({
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Annotations,
  ArnFormat,
  CfnOutput,
  CustomResource,
  RemovalPolicy,
  Stack,
  type StackProps,
  Stage,
} from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnStateMachine, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { checkDocument } from '#statemachines/checks/check';
import { compile } from '#statemachines/compile/compile';
import type { Journey } from '#statemachines/document/schema';
import type { ClientFolder } from '../client-folder.ts';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { pascal } from './settings.ts';
import { WayleafFunction } from './wayleaf-function.ts';

export interface JourneysStackProps extends StackProps {
  client: Client;
  folder: ClientFolder;
  /** Where the folder is, to be shipped as a layer. */
  folderPath: string;
  environment: (stack: Stack) => Record<string, string>;
  /** The function that a deployment calls. */
  deployFolder: FunctionRecord;
}

/**
 * The machines of the journeys in the client's folder, with a version each, and the call that enters
 * them into the catalogue. Neither machine nor version is ever deleted: runs may be in them.
 */
export class JourneysStack extends Stack {
  constructor(scope: Construct, id: string, props: JourneysStackProps) {
    super(scope, id, props);
    const { client, folder } = props;
    const role = this.role(client);
    const logs = new LogGroup(this, 'MachineLogs', {
      logGroupName: `/aws/vendedlogs/states/wayleaf-${client.name}`,
      retention: client.retention.logs,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const machines = Object.fromEntries(
      Object.entries(folder.journeys).flatMap(([journey, text]) => {
        const machine = this.machine(client, journey, text, role, logs);
        return machine ? [[journey, machine]] : [];
      }),
    );
    this.deployment(props, machines);
  }

  private machine(client: Client, journey: string, text: string, role: Role, logs: LogGroup) {
    const { document, issues } = checkDocument(text);
    const errors = issues.filter((issue) => issue.severity === 'error');
    if (!document || errors.length > 0) {
      for (const { line, column, code, message } of errors)
        Annotations.of(this).addError(`${journey}.journey.json:${line}:${column} ${code} ${message}`);
      return undefined;
    }
    const names = namesOf(client.name);
    const machine = new CfnStateMachine(this, `${pascal(journey)}Machine`, {
      stateMachineName: names.machine(journey),
      stateMachineType: 'STANDARD',
      definitionS3Location: this.definition(client, journey, document),
      roleArn: role.roleArn,
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: false },
    });
    acknowledge(machine, 'history-is-kept-by-the-service');
    const version = new CfnStateMachineVersion(this, `${pascal(journey)}Version`, {
      stateMachineArn: machine.attrArn,
      stateMachineRevisionId: machine.attrStateMachineRevisionId,
    });
    for (const resource of [machine, version]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return { stateMachineArn: machine.attrArn, versionArn: version.attrArn };
  }

  /** Beside the template, which may have 1 MB in all: fifty journeys would not fit. */
  private definition({ name }: Client, journey: string, document: Journey) {
    const { text } = compile(document, { runStep: namesOf(name).function('run-step') });
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const path = join(stagingFolder(this, 'machines', name), `${journey}.${digest}.asl.json`);
    writeFileSync(path, text);
    const { s3BucketName: bucket, s3ObjectKey: key } = new Asset(this, `${pascal(journey)}Definition`, {
      path,
    });
    return { bucket, key };
  }

  private role(client: Client): Role {
    const names = namesOf(client.name);
    const role = new Role(this, 'MachineRole', {
      roleName: names.machineRole,
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [
          this.formatArn({
            service: 'lambda',
            resource: 'function',
            resourceName: names.function('run-step'),
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: logDelivery, resources: ['*'] }));
    acknowledge(role, 'log-delivery-has-no-resources', ['*']);
    return role;
  }

  private deployment(
    props: JourneysStackProps,
    machines: Record<string, { stateMachineArn: string; versionArn: string }>,
  ): void {
    const layer = new LayerVersion(this, 'Folder', {
      description: `Client folder of ${props.client.name}`,
      code: Code.fromAsset(stageLayer(this, props.client.name, props.folderPath)),
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [Architecture.ARM_64],
    });
    const deploy = new WayleafFunction(this, pascal(props.deployFolder.name), {
      client: props.client,
      record: props.deployFolder,
      environment: props.environment(this),
      layers: [layer],
    });
    const deployment = new CustomResource(this, 'Deployment', {
      serviceToken: deploy.lambda.functionArn,
      resourceType: 'Custom::WayleafFolder',
      properties: {
        machines,
        folder: createHash('sha256').update(JSON.stringify(props.folder)).digest('hex'),
      },
    });
    deployment.node.addDependency(deploy);
    new CfnOutput(this, 'LeftAlone', { value: deployment.getAttString('left') });
  }
}

/** Actions that CloudWatch Logs offers on no resource but `*`. */
const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

/** A layer lands in `/opt`; the function looks in `/opt/client`. */
const stageLayer = (stack: Stack, client: string, folderPath: string): string => {
  const layer = stagingFolder(stack, 'layers', client);
  rmSync(join(layer, 'client'), { recursive: true, force: true });
  cpSync(folderPath, join(layer, 'client'), { recursive: true });
  return layer;
};

/** Within what is synthesised: two syntheses side by side do not meet. */
const stagingFolder = (stack: Stack, what: string, client: string): string => {
  const folder = join(Stage.of(stack)!.outdir, what, client);
  mkdirSync(folder, { recursive: true });
  return folder;
};

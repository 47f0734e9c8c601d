import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { clickMachine } from '#functions/messages/judge-click/machine';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import type { WayleafFunction } from './wayleaf-function.ts';

export interface ClickWindowProps {
  client: Client;
  /** Called when the seconds are over. */
  fn: WayleafFunction;
  seconds: number;
}

/** The machine that holds a click for some seconds. Its name is known beforehand: the clicks start it. */
export class ClickWindow extends Construct {
  constructor(scope: Construct, id: string, { client, fn, seconds }: ClickWindowProps) {
    super(scope, id);
    const names = namesOf(client.name);
    const name = names.function(fn.record.name);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const resource = Stack.of(this).formatArn({
      ...{ service: 'lambda', resource: 'function', resourceName: name },
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [resource] }));
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: names.clickMachine,
      stateMachineType: 'STANDARD',
      definitionString: JSON.stringify(clickMachine(name, seconds)),
      roleArn: role.roleArn,
    });
    acknowledge(machine, 'history-is-kept-by-the-service');
  }
}

import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { Alarms } from './alarms.ts';
import { createDashboard } from './dashboard.ts';
import { VitalSigns } from './vital-signs.ts';

export interface WatchStackProps extends StackProps {
  client: Client;
  records: readonly FunctionRecord[];
}

/** Who looks after the rest. It names what it watches, so it may change without touching what runs. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { client, records, ...props }: WatchStackProps) {
    super(scope, id, props);
    new Alarms(this, 'Alarms', { client, records });
    new VitalSigns(this, 'VitalSigns', { client, records });
    createDashboard(this, { client, records });
    if (client.deployment.budget) this.budget(client, client.deployment.budget.monthlyDollars);
  }

  /** Of what carries the client's tag, which must be made a cost allocation tag once in the account. */
  private budget({ name, alarm }: Client, amount: number): void {
    const told = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarm }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `wayleaf-${name}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:wayleaf:client$${name}`] },
      },
      notificationsWithSubscribers: [told('ACTUAL', 80), told('ACTUAL', 100), told('FORECASTED', 100)],
    });
  }
}

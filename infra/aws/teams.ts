import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';

/** A topic for each team, with its members' addresses; colleagues confirm by the mail that SNS sends. */
export class Teams extends Construct {
  constructor(scope: Construct, id: string, { client, key }: { client: Client; key: IKey }) {
    super(scope, id);
    for (const [team, { name, emails }] of Object.entries(client.teams)) {
      const topic = new Topic(this, team, {
        topicName: namesOf(client.name).team(team),
        displayName: name,
        masterKey: key,
        enforceSSL: true,
      });
      for (const address of emails)
        acknowledge(topic.addSubscription(new EmailSubscription(address)), 'mail-to-people');
    }
  }
}

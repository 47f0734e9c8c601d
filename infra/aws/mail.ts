import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Client } from '#model/client';
import { mailFromDomain, namesOf } from '../names.ts';

/** The sending identity, its configuration set, and the topics that bring SES's and phones' answers. */
export class Mail extends Construct {
  /** Customer key, because SES cannot publish to a topic under the AWS managed one. */
  readonly key: Key;
  readonly topics: Record<'ses-events' | 'inbound-sms' | 'push-events', Topic>;

  constructor(scope: Construct, id: string, { client }: { client: Client }) {
    super(scope, id);
    const names = namesOf(client.name);
    this.key = new Key(this, 'Key', {
      description: `Topics of wayleaf client ${client.name}`,
      enableKeyRotation: true,
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: ['ses', 'cloudwatch', 'sms-voice', 'sns'].map(
          (s) => new ServicePrincipal(`${s}.amazonaws.com`),
        ),
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.topics = {
      'ses-events': this.topic('SesEvents', names.sesEvents),
      'inbound-sms': this.topic('InboundSms', names.inboundSms),
      'push-events': this.topic('PushEvents', names.pushEvents),
    };
    this.topics['inbound-sms'].grantPublish(new ServicePrincipal('sms-voice.amazonaws.com'));
    this.topics['push-events'].grantPublish(new ServicePrincipal('sns.amazonaws.com'));
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: names.configurationSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.snsTopic(this.topics['ses-events']),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(client.sender.domain),
      configurationSet,
      mailFromDomain: mailFromDomain(client.sender.domain),
    });
  }

  private topic(id: string, topicName: string): Topic {
    return new Topic(this, id, { topicName, masterKey: this.key, enforceSSL: true });
  }
}

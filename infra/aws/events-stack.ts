import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnLogStream, LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type LifecycleRule,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { durationMs } from '#kernel/durations';
import type { Client } from '#model/client';
import { eventsFolder, firstDay } from '#model/happening';
import { logGroupOf, namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { withRunbook } from './alarms.ts';
import { createEventsTable, databaseOf } from './events-table.ts';

export interface EventsStackProps extends StackProps {
  client: Client;
}

/** What Firehose could not file, by the kind of fault. */
const errorsFolder = 'errors';

/**
 * The stream of what happened as files: EventBridge hands every line of this client to Firehose, which files it
 * under the day on which it happened, as the embedded world does. See decisions/2026-11-22-events-as-files.md.
 */
export class EventsStack extends Stack {
  private readonly client: Client;

  constructor(scope: Construct, id: string, { client, ...props }: EventsStackProps) {
    super(scope, id, props);
    this.client = client;
    const bucket = this.bucket();
    const stream = this.stream(bucket);
    const waiting = this.rule(stream.attrArn);
    this.alarms(stream, waiting);
    const database = databaseOf(client.name);
    createEventsTable(this, { bucket: bucket.bucketName, account: this.account, database });
    new CfnOutput(this, 'Location', { value: `s3://${bucket.bucketName}/${eventsFolder}/` });
    new CfnOutput(this, 'Table', { value: `${database}.happenings` });
  }

  private bucket(): Bucket {
    const { keep } = this.client.eventsOut.s3 ?? {};
    const old: LifecycleRule = {
      id: 'events',
      prefix: `${eventsFolder}/`,
      transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }],
      ...(keep !== undefined && { expiration: daysOf(keep) }),
    };
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        old,
        { id: 'errors', prefix: `${errorsFolder}/`, expiration: Duration.days(90) },
        { id: 'left-behind', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    acknowledge(bucket, 'ids-only-and-two-who-read');
    return bucket;
  }

  private stream(bucket: Bucket): CfnDeliveryStream {
    const { role, logging } = this.writer(bucket);
    return new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        compressionFormat: 'GZIP',
        fileExtension: '.ndjson.gz',
        // The longest there is: few, large files are what Athena reads fast and S3 bills least.
        bufferingHints: { intervalInSeconds: 900, sizeInMBs: 128 },
        prefix: `${eventsFolder}/day=!{partitionKeyFromQuery:day}/`,
        errorOutputPrefix: `${errorsFolder}/!{firehose:error-output-type}/`,
        dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } },
        processingConfiguration: {
          enabled: true,
          processors: [partitioning, { type: 'AppendDelimiterToRecord' }],
        },
        cloudWatchLoggingOptions: logging,
      },
    });
  }

  /** Firehose: files of these two folders, and one log of what failed. */
  private writer(bucket: Bucket) {
    const group = new LogGroup(this, 'Log', {
      logGroupName: logGroupOf(this.client.name, 'events-out'),
      retention: this.client.retention.logs,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const log = new CfnLogStream(this, 'LogStream', {
      logGroupName: group.logGroupName,
      logStreamName: 'delivery',
    });
    const role = new Role(this, 'Writer', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    const files = [eventsFolder, errorsFolder].map((folder) => bucket.arnForObjects(`${folder}/*`));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [bucket.bucketArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'],
        resources: files,
      }),
    );
    const id = this.getLogicalId(bucket.node.defaultChild as CfnBucket);
    acknowledge(
      role,
      'files-that-do-not-exist-yet',
      [eventsFolder, errorsFolder].map((folder) => `<${id}.Arn>/${folder}/*`),
    );
    const lines = this.formatArn({
      ...{ service: 'logs', resource: 'log-group' },
      resourceName: `${logGroupOf(this.client.name, 'events-out')}:log-stream:delivery`,
    });
    role.addToPolicy(new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [lines] }));
    return {
      role,
      logging: { enabled: true, logGroupName: group.logGroupName, logStreamName: log.ref },
    };
  }

  /** What EventBridge could not hand over for a day waits in a queue for a fortnight. */
  private rule(stream: string): Queue {
    const waiting = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(waiting, 'this-is-the-dead-letter-queue');
    const role = new Role(this, 'Teller', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        resources: [stream],
      }),
    );
    const rule = new CfnRule(this, 'Rule', {
      description: `What happens at ${this.client.name}, to files`,
      eventPattern: { source: [`wayleaf.${this.client.name}`] },
      targets: [
        {
          ...{ id: 'files', arn: stream, roleArn: role.roleArn, inputPath: '$.detail' },
          deadLetterConfig: { arn: waiting.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        },
      ],
    });
    waiting.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [waiting.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
    return waiting;
  }

  /** Nobody looks at files that do not come. */
  private alarms({ ref }: CfnDeliveryStream, waiting: Queue): void {
    const { name } = this.client;
    const freshness = new Metric({
      ...{ namespace: 'AWS/Firehose', metricName: 'DeliveryToS3.DataFreshness', statistic: 'Maximum' },
      ...{ dimensionsMap: { DeliveryStreamName: ref }, period: Duration.minutes(15) },
    });
    const lost = waiting.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
    const topicArn = this.formatArn({ service: 'sns', resource: namesOf(name).alarms });
    const action = new SnsAction(Topic.fromTopicArn(this, 'Alarms', topicArn));
    for (const [what, metric, threshold, means] of [
      ['late', freshness, 3600, 'What happened an hour ago is in no file yet.'],
      ['undelivered', lost, 0, 'EventBridge could not hand over what happened; it waits in a queue.'],
    ] as const)
      new Alarm(this, `events-${what}`, {
        alarmName: `wayleaf-${name}-events-${what}`,
        alarmDescription: withRunbook(means, 'events-out'),
        ...{ metric, threshold, evaluationPeriods: 1 },
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(action);
  }
}

const daysOf = (keep: string): Duration =>
  Duration.days(Math.max(1, Math.ceil(durationMs(keep) / 86_400_000)));

/** `partitionOf` of #model/happening, in jq. */
const partitioning = {
  type: 'MetadataExtraction',
  parameters: [
    {
      parameterName: 'MetadataExtractionQuery',
      parameterValue: `{day:(if .at < "${firstDay}" then "${firstDay}" else .at[0:10] end)}`,
    },
    { parameterName: 'JsonParsingEngine', parameterValue: 'JQ-1.6' },
  ],
};

import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Client } from '#model/client';
import { ttlAttribute } from '#store/keys';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';

export interface DataStackProps extends StackProps {
  client: Client;
}

/** What must never be lost: the tables and the second home of the link keys, apart from everything that can be made again. */
export class DataStack extends Stack {
  readonly main: Table;
  readonly catalogue: Table;
  private readonly key: Key | undefined;
  readonly audit: Table;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const names = namesOf(props.client.name);
    this.key = this.ownKey(props.client);
    this.main = this.table('Main', names.mainTable, StreamViewType.NEW_AND_OLD_IMAGES);
    this.main.addLocalSecondaryIndex({
      indexName: 'by-time',
      sortKey: { name: 'at', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.main.addGlobalSecondaryIndex({
      indexName: 'unsettled',
      partitionKey: { name: 'unsettled', type: AttributeType.STRING },
      sortKey: { name: 'unsettledAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.main.addGlobalSecondaryIndex({
      indexName: 'agenda',
      partitionKey: { name: 'agenda', type: AttributeType.STRING },
      sortKey: { name: 'agendaAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.main.addGlobalSecondaryIndex({
      indexName: 'members',
      partitionKey: { name: 'memberOf', type: AttributeType.STRING },
      sortKey: { name: 'memberSince', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.catalogue = this.table('Catalogue', names.catalogueTable);
    this.audit = this.table('Audit', names.auditTable);
    for (const whose of ['actor', 'subject'])
      this.audit.addGlobalSecondaryIndex({
        indexName: `by-${whose}`,
        partitionKey: { name: whose, type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    this.linkKeys(names.linkKeysSecret);
  }

  /** Nothing is in it until a function writes it: the construct above would generate something. */
  private linkKeys(name: string): void {
    const secret = new CfnSecret(this, 'LinkKeys', {
      name,
      description: 'Link keys a second time: redirects read them while DynamoDB is away',
      ...(this.key && { kmsKeyId: this.key.keyArn }),
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(secret, 'keys-are-rotated-by-people');
  }

  /** As with the key that AWS manages: whoever may use tables or secret may use it, through their services only. */
  private ownKey({ name, deployment, region }: Client): Key | undefined {
    if (deployment.key !== 'customer') return undefined;
    const key = new Key(this, 'Key', {
      description: `Tables and link keys of wayleaf client ${name}`,
      alias: `wayleaf/${name}/tables`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
          'kms:CreateGrant',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': ['dynamodb', 'secretsmanager'].map(
              (service) => `${service}.${region}.amazonaws.com`,
            ),
          },
        },
      }),
    );
    return key;
  }

  private table(id: string, tableName: string, stream?: StreamViewType): Table {
    return new Table(this, id, {
      tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(this.key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.key }
        : { encryption: TableEncryption.AWS_MANAGED }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: ttlAttribute,
      ...(stream ? { stream } : {}),
    });
  }
}

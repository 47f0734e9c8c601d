import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ttlAttribute } from '#store/keys';
import { namesOf } from '../names.ts';

/** What must never be lost: both tables, apart from everything that can be made again. */
export class DataStack extends Stack {
  readonly main: Table;
  readonly catalogue: Table;

  constructor(scope: Construct, id: string, props: StackProps & { client: string }) {
    super(scope, id, props);
    const names = namesOf(props.client);
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
  }

  private table(id: string, tableName: string, stream?: StreamViewType): Table {
    return new Table(this, id, {
      tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: ttlAttribute,
      ...(stream ? { stream } : {}),
    });
  }
}

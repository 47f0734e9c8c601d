import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct, IConstruct } from 'constructs';
import { cacheControlOf, commonHeaders, policyOf } from '../console/headers.ts';

export interface ConsoleStackProps extends StackProps {
  client: { name: string };
  /** With the built files (`builtConsole`). */
  folder: string;
  /** Of the API, in the stack's own Region. */
  apiId: string;
}

/** The console's files in a bucket that only CloudFront reads, and the API under the same name. */
export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, { client, folder, apiId, ...props }: ConsoleStackProps) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
    });
    const origin = S3BucketOrigin.withOriginAccessControl(bucket);
    const served = (path: string): BehaviorOptions => ({
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.headers(path),
      compress: true,
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: `wayleaf console of ${client.name}`,
      defaultRootObject: 'index.html',
      defaultBehavior: { ...served('/index.html'), functionAssociations: [this.pages()] },
      additionalBehaviors: {
        '/assets/*': served('/assets/*'),
        '/frame.html': served('/frame.html'),
        '/v1/*': apiBehavior(`${apiId}.execute-api.${this.region}.${this.urlSuffix}`),
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
    });
    // Those who have the console open still load the files of theirs: nothing is pruned.
    const files = new BucketDeployment(this, 'Deployment', {
      sources: [Source.asset(folder)],
      ...{ destinationBucket: bucket, distribution, distributionPaths: ['/*'], prune: false },
      memoryLimit: 512,
    });
    accept(bucket, distribution, files);
    new CfnOutput(this, 'Console', { value: `https://${distribution.distributionDomainName}` });
  }

  /** What the embedded world sends along, too. */
  private headers(path: string): ResponseHeadersPolicy {
    const custom = Object.entries({ ...commonHeaders, 'cache-control': cacheControlOf(path) });
    const own = ['x-content-type-options', 'referrer-policy'];
    const frames = path === '/frame.html' ? HeadersFrameOption.SAMEORIGIN : HeadersFrameOption.DENY;
    return new ResponseHeadersPolicy(this, `Headers${path.replaceAll(/\W/g, '')}`, {
      customHeadersBehavior: {
        customHeaders: custom
          .filter(([header]) => !own.includes(header))
          .map(([header, value]) => ({ header, value, override: true })),
      },
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policyOf(path), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: frames, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          ...{ accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
        },
      },
    });
  }

  /** Addresses of pages are no files: all of them are the first page, which knows them. */
  private pages() {
    const rewrite = new EdgeFunction(this, 'Pages', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(
        "function handler(event) {\n  if (!event.request.uri.includes('.')) event.request.uri = '/index.html';\n  return event.request;\n}",
      ),
    });
    return { function: rewrite, eventType: FunctionEventType.VIEWER_REQUEST };
  }
}

/** Nothing of it is kept: answers are somebody's own. */
const apiBehavior = (domain: string): BehaviorOptions => ({
  origin: new HttpOrigin(domain, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
});

const reasons = {
  files:
    'The files are public and the same for everybody; a log of who loads them would only hold addresses.',
  distribution:
    'What counts is asked of the API, which has the log; a log of CloudFront would hold addresses. People sign in from everywhere. Without a name of the client CloudFront sets the protocol of its own.',
  deployment:
    'The function is the CDK’s own: it copies the files while a deployment runs, CloudFormation waits for its answer, and its runtime, its log and its rights to the two buckets are made by the CDK.',
};

/** As a finding names it: known where the context says so, else a reference. */
const partitions = ['aws', '<AWS::Partition>'];

const accept = (bucket: Bucket, distribution: Distribution, files: BucketDeployment): void => {
  acknowledge(bucket, ['S1'], reasons.files);
  acknowledge(distribution, ['CFR1', 'CFR2', 'CFR3', 'CFR4'], reasons.distribution);
  const stack = Stack.of(files);
  const copier = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  const id = stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
  const { bootstrapQualifier = 'hnb659fds' } = stack.synthesizer;
  const bucketOfAssets = `cdk-${bootstrapQualifier}-assets-${stack.account}-${stack.region}`;
  const rights = [
    ...['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map((name) => `[Action::s3:${name}*]`),
    ...partitions.map((partition) => `[Resource::arn:${partition}:s3:::${bucketOfAssets}/*]`),
    ...[`<${id}.Arn>/*`, '*'].map((resource) => `[Resource::${resource}]`),
  ];
  const roles = partitions.map(
    (partition) => `[Policy::arn:${partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]`,
  );
  if (copier)
    acknowledge(
      copier,
      [...roles.map((role) => `IAM4${role}`), ...rights.map((right) => `IAM5${right}`), 'L1'],
      reasons.deployment,
    );
  for (const rule of ['LambdaDLQ', 'LambdaLatestVersion', 'LambdaTracing'])
    if (copier)
      Validations.of(copier).acknowledge({
        id: `Serverless::Serverless-${rule}`,
        reason: reasons.deployment,
      });
};

const acknowledge = (construct: IConstruct, rules: readonly string[], reason: string): void => {
  for (const rule of rules)
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
};

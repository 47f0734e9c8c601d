import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Client } from '#model/client';
import { acknowledge } from './acknowledge.ts';

export interface FrontStackProps extends StackProps {
  client: Client;
  /** Of the API, in whatever Region the client is. */
  apiId: string;
}

type CloudFront = NonNullable<Client['deployment']['cloudFront']>;
type Waf = Exclude<CloudFront['waf'], false>;

/** CloudFront with a firewall before the API. In us-east-1, where both must be. */
export class FrontStack extends Stack {
  readonly url: string;

  constructor(scope: Construct, id: string, { client, apiId, ...props }: FrontStackProps) {
    super(scope, id, props);
    const { cloudFront, domain } = client.deployment as { cloudFront: CloudFront } & Client['deployment'];
    const firewall = cloudFront.waf === false ? undefined : this.firewall(client.name, cloudFront.waf);
    const distribution = new Distribution(this, 'Distribution', {
      comment: `wayleaf client ${client.name}`,
      defaultBehavior: {
        origin: new HttpOrigin(`${apiId}.execute-api.${client.region}.${this.urlSuffix}`, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // Only what says itself how long it may be kept is kept: the script, not a form or a link.
        cachePolicy: CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass[`PRICE_CLASS_${cloudFront.price === 'All' ? 'ALL' : cloudFront.price}`],
      ...(firewall && { webAclId: firewall.attrArn }),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificate),
      }),
    });
    acknowledge(distribution, 'the-api-has-the-log');
    this.url = `https://${domain?.name ?? distribution.distributionDomainName}`;
    new CfnOutput(this, 'DomainTarget', { value: distribution.distributionDomainName });
  }

  private firewall(client: string, { managedRules, requestsPerFiveMinutes }: Waf): CfnWebACL {
    const seen = (name: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `wayleaf-${client}-${name}`,
    });
    const managed = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet'];
    return new CfnWebACL(this, 'Firewall', {
      name: `wayleaf-${client}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seen('all'),
      rules: [
        {
          name: 'one-caller',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: requestsPerFiveMinutes, aggregateKeyType: 'IP' } },
          visibilityConfig: seen('one-caller'),
        },
        ...(managedRules ? managed : []).map((name, i) => ({
          name,
          priority: i + 1,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
          visibilityConfig: seen(name),
        })),
      ],
    });
  }
}

import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { beforeAll, expect, test } from 'vitest';
import { ConsoleStack } from '#infra/aws/console';
import { builtConsole } from '#infra/console/built';
import { policyOf } from '#infra/console/headers';

let template: Template;
beforeAll(() => {
  // AWS's own rules are asked of this stack, too, in stacks.test.ts.
  const app = new App({ builtinCloudFormationValidation: false });
  const stack = new ConsoleStack(app, 'wayleaf-acme-console', {
    client: { name: 'acme' },
    folder: builtConsole(),
    apiId: 'abc123',
    env: { account: '111122223333', region: 'eu-central-1' },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  // Throws where a finding is neither mended nor accepted.
  app.synth();
  template = Template.fromStack(stack);
}, 120_000);

test('nobody but CloudFront reads the files, and nobody without TLS', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' } }),
      ]),
    },
  });
});

test('the API answers under the same name, uncached, with every method', () => {
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  const { CacheBehaviors: behaviours, DefaultCacheBehavior: first } =
    distribution!.Properties.DistributionConfig;
  const api = behaviours.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/v1/*');
  expect(api.AllowedMethods).toContain('DELETE');
  expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
  expect(first.FunctionAssociations).toHaveLength(1);
});

test('each file is served under the policy that it has on one machine', () => {
  for (const path of ['/index.html', '/frame.html'])
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: policyOf(path), Override: true },
        },
      },
    });
});

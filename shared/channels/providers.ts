import type { SESClient } from '@aws-sdk/client-ses';
import type { SNSClient } from '@aws-sdk/client-sns';

export interface Providers {
  ses: SESClient;
  sns: SNSClient;
}

export { countSegments } from '#kernel/sms-segments';

import type { Kpi } from './kpis.ts';

export type KpiId =
  | 'conversion-rate'
  | 'cost-per-acquisition'
  | 'return'
  | 'average-revenue'
  | 'lifetime-value'
  | 'churn'
  | 'cycle-length'
  | 'nps'
  | 'csat';

/** What is told of each cohort: the customers whose first month is the same. */
export const cohortDefinitions = [
  {
    id: 'retention',
    name: 'Retention by cohort',
    definition:
      'Of the customers whose first month it was, those who were there in a later month: who made an event of `reports.active`, an order unless it says otherwise. The month that is not over stands as it is so far.',
    formula:
      'customers of the cohort who were there in the month ÷ customers of the cohort; 95 % interval of Wilson',
  },
  {
    id: 'churn',
    name: 'Churn by cohort',
    definition:
      'Of the customers of the cohort who were there in the month before, those who were not in this one.',
    formula:
      'customers of the month before who did not come again ÷ customers of the month before; 95 % interval of Wilson',
  },
  {
    id: 'lifetime-value',
    name: 'Lifetime value by cohort',
    definition:
      'What the orders of a customer of the cohort brought on average from the first month up to the end of a month. Those who paid nothing count with nothing, refunds that are told as orders count against it; nothing is foretold.',
    formula: 'revenue of the cohort until the month ÷ customers of the cohort; 95 % interval of the mean',
  },
] as const;

/** What each figure says, in the one place where it is said: screens, tables and mails show these words. */
export const definitions: readonly (Pick<Kpi, 'name' | 'definition' | 'formula' | 'unit'> & { id: KpiId })[] =
  [
    {
      id: 'conversion-rate',
      name: 'Conversion rate',
      definition:
        'Of the runs that began on these days, those whose goal was reached within its time, until now. Runs of journeys without a goal count as runs; the last days are too young to be judged.',
      formula: 'runs that reached their goal ÷ runs begun; 95 % interval of Wilson',
      unit: 'share',
    },
    {
      id: 'cost-per-acquisition',
      name: 'Cost per acquisition',
      definition:
        'What was spent on these days for each goal reached on them. Costs are those that were entered by month; a part of a month counts by its days.',
      formula: 'costs entered ÷ goals reached',
      unit: 'money',
    },
    {
      id: 'return',
      name: 'Return on spend',
      definition:
        'What came back for each unit of money spent, beyond that unit: 50 % is half as much again, −100 % is nothing. Refunds that are told as orders count against it.',
      formula: '(revenue − costs) ÷ costs; revenue of orders that tell their value, else of goals',
      unit: 'share',
    },
    {
      id: 'average-revenue',
      name: 'Average revenue',
      definition: 'What an order brought, of orders on these days that tell their value.',
      formula: 'revenue ÷ orders that tell their value; 95 % interval of the mean',
      unit: 'money',
    },
    {
      id: 'lifetime-value',
      name: 'Lifetime value',
      definition:
        'What a customer brings until they leave, if revenue and churn stay as they were in the whole months of the range. Its interval is that of the churn alone.',
      formula: '(revenue ÷ customers present, by month) ÷ monthly churn; interval of the churn',
      unit: 'money',
    },
    {
      id: 'churn',
      name: 'Monthly churn',
      definition:
        'Of the customers who were there in a month, those who were not in the next. There is who made an event of `reports.active`, an order unless it says otherwise. Only whole months that are over count.',
      formula:
        'customers of the month before who did not come again ÷ customers of the month before; 95 % interval of Wilson',
      unit: 'share',
    },
    {
      id: 'cycle-length',
      name: 'Length of the cycle',
      definition:
        'From the moment a contact was first seen to the goal it reached on these days; the median.',
      formula: 'median of (goal reached − contact first seen)',
      unit: 'seconds',
    },
    {
      id: 'nps',
      name: 'Net promoter score',
      definition:
        'Promoters answer 9 or 10, detractors 0 to 6, of those who answered on these days. What is no number from 0 to 10 is no answer.',
      formula: '100 × (promoters − detractors) ÷ answers; 95 % interval of Bonett and Price',
      unit: 'points',
    },
    {
      id: 'csat',
      name: 'Customer satisfaction',
      definition:
        'Of the answers of these days, those of satisfied people: at least `satisfiedFrom` in `reports.csat`.',
      formula: 'answers of at least `satisfiedFrom` ÷ answers; 95 % interval of Wilson',
      unit: 'share',
    },
  ];

export const shell = {
  product: 'Wayleaf',
  skip: 'To the content',
  crumbs: 'Where you are',
  menu: 'Menu',
  closeMenu: 'Close the menu',
  navigation: 'Pages',
  theme: { label: 'Colours', auto: 'As your system', light: 'Light', dark: 'Dark' },
  groups: { results: 'Results', make: 'Make', people: 'People', operate: 'Operate' },
  pages: { overview: 'Overview', journeys: 'Journeys' },
  notFound: { title: 'There is no such page', text: 'The address may be mistyped.', home: 'To the overview' },
  messages: 'Messages',
};

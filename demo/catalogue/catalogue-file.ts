/** The catalogue file of the demo: where its items and pictures are and what their fields mean. */
export const CATALOGUE_FILE = {
  name: 'demo',
  items: { file: 'items.jsonl', format: 'jsonl' },
  images: { folder: '.', field: 'image' },
  fields: {
    id: 'id',
    title: 'title',
    description: 'description',
    category: 'category',
    brand: 'brand',
    price: 'price',
    currency: { value: 'EUR' },
    inStock: 'inStock',
    groupId: 'groupId',
    popularity: 'popularity',
    createdAt: 'createdAt',
  },
  attributes: {
    colour: 'string',
    pattern: 'string',
    material: 'string',
    shape: 'string',
    season: 'string',
    room: 'string',
    usage: 'string',
  },
} as const;

import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';

const news = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/content/news' }),
  schema: ({ image }) =>
    z.object({
      title: z.string(),
      description: z.string(),
      pubDate: z.coerce.date(),
      updatedDate: z.coerce.date().nullable(),
      heroImage: image().nullable(),
      heroImageAlt: z.string().nullable(),
      categories: z.array(z.string()),
      tags: z.array(z.string()),
      author: z.array(z.string()),
      pdf: z.object({ src: z.string() }).nullable(),
      icon: z.object({ src: z.string() }).nullable(),
      ingest: z.object({ wp: z.number() }),
      source: z.object({ url: z.string(), site: z.string() }).passthrough().nullable(),
      offerings: z.array(z.object({ id: z.number(), label: z.string(), permalink: z.string() })),
      redirectFrom: z.array(z.string()).default([]),
      draft: z.boolean().default(false),
    }).strict(),
});

export const collections = { news };

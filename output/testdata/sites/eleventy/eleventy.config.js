export default function (config) {
  config.addPassthroughCopy('assets');
  config.addPreprocessor('drafts', 'md', (data) => (data.draft ? false : undefined));
  config.addCollection('redirects', (api) =>
    api.getFilteredByGlob('news/*.md').flatMap((entry) =>
      (entry.data.redirectFrom ?? []).map((from) => ({ from, to: entry.url })),
    ),
  );
  // Sites choose one of the two for their Markdown; the first is the default.
  return { markdownTemplateEngine: process.env.MARKDOWN_ENGINE ?? 'liquid', htmlTemplateEngine: 'njk' };
}

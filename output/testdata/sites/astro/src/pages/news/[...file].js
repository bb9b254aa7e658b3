// The files that lie beside an entry, under the entry's own address. Astro itself
// publishes only the pictures that Markdown shows, ![](./x.png): what HTML shows
// (<img src="./x.png">) and what a link leads to ([x](./x.pdf)) is left to the site.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { getCollection } from 'astro:content';

export async function getStaticPaths() {
  const entries = await getCollection('news', ({ data }) => !data.draft);
  const beside = entries.map(async ({ id, filePath }) => {
    const folder = path.dirname(filePath);
    const files = (await readdir(folder, { withFileTypes: true })).filter((f) => f.isFile() && !/^\.|\.md$/.test(f.name));
    return files.map(({ name }) => ({ params: { file: `${id}/${name}` }, props: { file: path.join(folder, name) } }));
  });
  return (await Promise.all(beside)).flat();
}

export const GET = async ({ props }) => new Response(await readFile(props.file));

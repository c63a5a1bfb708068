// Corpora and questions for bench/quality in the shape `doanket import law` and `doanket search` take.
// Usage: node bench/corpus.mjs alqac LAW.json ARTICLES.jsonl | questions QUESTIONS.json OUT.jsonl | folded QUESTIONS.jsonl OUT.jsonl
import { readFileSync, writeFileSync } from 'node:fs';

const [, , what, from, to] = process.argv;
const json = () => JSON.parse(readFileSync(from, 'utf8'));
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
const made = {
    alqac: () =>
        json().flatMap((law) =>
            law.articles.map((article) => {
                const [title, ...rest] = article.text.split('\n');
                const text = rest.join('\n') || title;
                return { id: `${law.id}%${article.id}`.toLowerCase(), doc_num: law.id, doc_type: 'Luật', article: article.id, title, text };
            }),
        ),
    questions: () =>
        json().map((q) => ({
            question_id: q.id,
            question: q.text,
            gold: q.relevant_articles.map((g) => `${g.law_id}%${g.article_id}`.toLowerCase()),
        })),
    folded: () =>
        readFileSync(from, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
            .map((o) => ({ ...o, question: folded(o.question) })),
};
writeFileSync(to, `${made[what]().map((o) => JSON.stringify(o)).join('\n')}\n`);

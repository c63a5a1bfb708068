// How often a run of `doanket search --trec` has the right article first, among the first ten, among all given. Usage: node bench/judge.mjs QUESTIONS RUN
import { readFileSync } from 'node:fs';

const lines = (path) => readFileSync(path, 'utf8').trim().split('\n');
const [, , questions, run] = process.argv;
const gold = new Map(lines(questions).map((line) => JSON.parse(line)).map((o) => [o.question_id, new Set(o.gold)]));
const place = new Map();
for (const line of lines(run)) {
    // question Q0 article rank score name; an article's id may hold spaces
    const words = line.split(' ');
    const rank = Number(words.at(-3));
    if (gold.get(words[0])?.has(words.slice(2, -3).join(' ')) && !(place.get(words[0]) <= rank)) {
        place.set(words[0], rank);
    }
}
const ranks = [...place.values()];
const share = (most) => (ranks.filter((rank) => rank <= most).length / gold.size).toFixed(3);
const reciprocal = ranks.filter((rank) => rank <= 10).reduce((sum, rank) => sum + 1 / rank, 0) / gold.size;
console.log(`${gold.size} questions: R@1 ${share(1)}  R@10 ${share(10)}  R@100 ${share(100)}  MRR@10 ${reciprocal.toFixed(3)}`);

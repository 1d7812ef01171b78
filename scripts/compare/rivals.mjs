// Libraries of npm that search phrasings for a message: `node rivals.mjs NAME FOLDER [prepare]`; see compare.py.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync, writeFileSync } from "node:fs";

const [name, folder, prepare] = process.argv.slice(2);
const require = createRequire(`${process.env.RIVAL_MODULES}/`);
const read = (file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
const trained = `${folder}/nlp.js.json`;

// Each makes a function from a message to [label, score], higher is better, or to null.
const rivals = {
    "Fuse.js": (phrasings) => {
        const Fuse = require("fuse.js");
        const documents = phrasings.map(([label, text]) => ({ label, text }));
        const fuse = new Fuse(documents, { keys: ["text"], includeScore: true, ignoreLocation: true });
        return (message) => {
            const [best] = fuse.search(message, { limit: 1 });
            return best && [best.item.label, 1 - best.score];
        };
    },
    MiniSearch: (phrasings) => {
        const MiniSearch = require("minisearch");
        const index = new MiniSearch({ fields: ["text"], storeFields: ["label"], searchOptions: { fuzzy: 0.2, prefix: true } });
        index.addAll(phrasings.map(([label, text], id) => ({ id, label, text })));
        return (message) => {
            const [best] = index.search(message);
            return best && [best.label, best.score];
        };
    },
    "nlp.js": (phrasings) => {
        const { NlpManager } = require("node-nlp");
        const manager = new NlpManager({ languages: ["en"], autoSave: false, forceNER: false, nlu: { log: false } });
        if (prepare) {
            for (const [label, text] of phrasings) manager.addDocument("en", text, label);
            return manager.train().then(() => writeFileSync(trained, manager.export()));
        }
        manager.import(readFileSync(trained, "utf8"));
        return async (message, pass) => {
            // It keeps the words of a text that it has seen: a blank makes the text a new one.
            const { intent, score } = await manager.process("en", message + " ".repeat(pass));
            return intent === "None" ? null : [intent, score];
        };
    },
};

const answer = await rivals[name](read("phrasings.json"));
if (!prepare) {
    const messages = read("messages.json");
    await answer(messages[0], 0);
    console.log("first");
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const passes = Number((await lines.next()).value);
    const best = [];
    const times = messages.map(() => []);
    for (let pass = 0; pass < passes; pass++) {
        for (const [place, message] of messages.entries()) {
            const began = process.hrtime.bigint();
            const found = await answer(message, pass + 1);
            times[place].push(Number(process.hrtime.bigint() - began));
            best[place] = found ?? null;
        }
    }
    console.log(JSON.stringify({ best, times }));
    process.exit();
}

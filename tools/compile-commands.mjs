// compile_commands.json, for editors and clang's tools: node tools/compile-commands.mjs CFLAGS > compile_commands.json
import { execFileSync } from "node:child_process";

const flags = process.argv.slice(2).join(" ");
const list = (...args) => execFileSync(args[0], args.slice(1), { encoding: "utf8" }).split("\n").filter(Boolean);
const files = [...list("git", "ls-files", "-co", "--exclude-standard", "base/*.c", "kernel/*.c", "modules/*.c", "app/*.c", "tests/*.c", "tools/*.c", "fuzz/*.c", "bench/*.c"), ...list("find", "build/gen", "-name", "*.c")];
console.log(JSON.stringify(files.filter((f) => !f.startsWith("tests/must_not_compile/")).map((file) => ({
  directory: process.cwd(), file, command: `clang ${flags} ${file.startsWith("modules/") ? "-DBANNED_IN_MODULES -include base/banned.h " : ""}-c ${file}`,
})), null, 1));

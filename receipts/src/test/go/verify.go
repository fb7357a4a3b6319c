// Verifies a log of receipts with nothing but Go's own transparency log library, the one that the
// go command trusts its checksum database to: golang.org/x/mod/sumdb/{note,tlog}.
//
//	verify KEYS LOG [-older CHECKPOINT] [-proof FILE]...
//
// KEYS holds verifier keys, one at the end of each line. Prints what was verified, a line each;
// exit status 1 and the library's words otherwise.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println("NOT verified:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 || len(args)%2 != 0 {
		return fmt.Errorf("usage: verify KEYS LOG [-older CHECKPOINT] [-proof FILE]...")
	}
	keys, err := verifiers(args[0])
	if err != nil {
		return err
	}
	log := args[1]
	tree, err := checkpoint(filepath.Join(log, "checkpoint"), keys)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, &tiles{log})
	if err := everyRecord(log, tree, hashes); err != nil {
		return err
	}
	fmt.Printf("%d records\n", tree.N)
	for i := 2; i < len(args); i += 2 {
		switch args[i] {
		case "-older":
			err = older(args[i+1], keys, tree, hashes)
		case "-proof":
			err = proof(args[i+1], keys)
		default:
			err = fmt.Errorf("unknown option %s", args[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// verifiers are the keys of types the library knows.
func verifiers(file string) (note.Verifiers, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var known []note.Verifier
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		words := strings.Fields(line)
		if verifier, err := note.NewVerifier(words[len(words)-1]); err == nil {
			known = append(known, verifier)
		}
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%s holds no key that note.NewVerifier knows", file)
	}
	return note.VerifierList(known...), nil
}

func checkpoint(file string, keys note.Verifiers) (tlog.Tree, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return open(signed, keys)
}

// open reads a checkpoint: its origin, its size and its root hash are a line each.
func open(signed []byte, keys note.Verifiers) (tlog.Tree, error) {
	opened, err := note.Open(signed, keys)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != opened.Sigs[0].Name {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", opened.Sigs[0].Name)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles are the files of a log in the layout of C2SP tlog-tiles, which leaves out the height.
type tiles struct{ log string }

func (t *tiles) Height() int { return height }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(t.log, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// everyRecord proves each record of the entry bundles to be in the tree at its place.
func everyRecord(log string, tree tlog.Tree, hashes tlog.HashReader) error {
	next := int64(0)
	for next < tree.N {
		bundle, err := bundle(log, next>>height, tree.N)
		if err != nil {
			return err
		}
		for len(bundle) > 0 {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("record %d is cut short", next)
			}
			size := int(binary.BigEndian.Uint16(bundle))
			path, err := tlog.ProveRecord(tree.N, next, hashes)
			if err != nil {
				return err
			}
			leaf := tlog.RecordHash(bundle[2 : 2+size])
			if err := tlog.CheckRecord(path, tree.N, tree.Hash, next, leaf); err != nil {
				return fmt.Errorf("record %d: %w", next, err)
			}
			bundle = bundle[2+size:]
			next++
		}
	}
	return nil
}

func bundle(log string, index int64, size int64) ([]byte, error) {
	width := 1 << height
	if (index+1)<<height > size {
		width = int(size - index<<height)
	}
	// Entry bundles are named as tiles of records are, under another folder.
	tile := tlog.Tile{H: height, L: -1, N: index, W: width}
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", height), "tile/entries/", 1)
	return os.ReadFile(filepath.Join(log, filepath.FromSlash(path)))
}

// older proves that the tree an earlier checkpoint signed is a prefix of this one.
func older(file string, keys note.Verifiers, tree tlog.Tree, hashes tlog.HashReader) error {
	before, err := checkpoint(file, keys)
	if err != nil {
		return err
	}
	path, err := tlog.ProveTree(tree.N, before.N, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(path, tree.N, tree.Hash, before.N, before.Hash); err != nil {
		return err
	}
	fmt.Printf("%d is a prefix of %d\n", before.N, tree.N)
	return nil
}

// proof checks a C2SP tlog-proof that carries its record.
func proof(file string, keys note.Verifiers) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("%s is no tlog-proof with its record", file)
	}
	tree, err := open([]byte(signed), keys)
	if err != nil {
		return err
	}
	record, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(record)); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	fmt.Printf("record %d is in %d\n", index, tree.N)
	return nil
}

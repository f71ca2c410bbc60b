/**
 * What a change of the contract does to those who call: compares with the last release, names what
 * breaks callers in a sentence each, and writes the contract's own change log.
 */
package dev.gatewright.codegen.compat;

/**
 * The house style of the contract: reads its files as they are written, and names every mistake by
 * file and line before anything is generated or compiled.
 */
package dev.gatewright.codegen.lint;

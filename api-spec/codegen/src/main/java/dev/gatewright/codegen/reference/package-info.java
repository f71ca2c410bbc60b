/** The contract as a site to read: Redoc, the contract and its change log, in one folder. */
package dev.gatewright.codegen.reference;

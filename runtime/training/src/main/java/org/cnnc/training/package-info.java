/** What training needs on top of the runtime. */
package org.cnnc.training;
